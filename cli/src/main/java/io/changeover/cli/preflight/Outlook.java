package io.changeover.cli.preflight;

import io.changeover.cli.preflight.Found.Severity;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Edition;
import io.changeover.messages.ClusterView;
import io.changeover.planner.core.ClusterName;
import io.changeover.planner.core.Hop;
import io.changeover.planner.core.KongVersion;
import io.changeover.planner.core.Plan;
import io.changeover.planner.core.Planning;
import io.changeover.planner.core.Refusal;
import io.changeover.planner.core.RefusalReason;
import io.changeover.planner.core.Request;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.ClusterCodec;
import io.changeover.planner.shell.ClusterViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the planner's core says of a move: the path, or why there is none. It is the code that
/// decides when the move is asked for.
///
/// @param to empty where the inventory describes no newer version
/// @param plugins that the move shall bring
/// @param view what the planner would be told of the cluster
/// @param plan empty where the planner would refuse
record Outlook(
    Cluster cluster,
    ClusterView view,
    String from,
    String to,
    List<String> plugins,
    Optional<Plan> plan,
    List<String> downtime,
    List<Found> findings) {

  /// What a person can accept in the request.
  private static final Set<RefusalReason> ACCEPTABLE =
      Set.of(
          RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED,
          RefusalReason.BACKUP_NOT_ACKNOWLEDGED,
          RefusalReason.SAME_KEYSPACE_NOT_ACKNOWLEDGED);

  private static final List<String> PATH = List.of("0.36", "1.3", "1.5", "2.1", "2.2");

  /// Asks the core.
  ///
  /// @param to null for the newest version that the inventory describes of the cluster
  static Outlook of(Cluster cluster, @Nullable String to, List<String> plugins) {
    ClusterView view = ClusterViews.of(cluster);
    String from = view.getServing();
    Optional<String> target = to == null ? newest(cluster, from) : Optional.of(to);
    if (target.isEmpty()) {
      Found none =
          Found.blocker(
              "version.none-newer",
              "planner",
              from.isEmpty()
                  ? "The inventory describes no version to install"
                  : "The inventory describes no version newer than " + from,
              "versions under kong: " + cluster.versions().keySet(),
              "Add the version to move to under the cluster's kong.");
      return new Outlook(
          cluster, view, from, "", plugins, Optional.empty(), List.of(), List.of(none));
    }
    List<Found> findings = new ArrayList<>();
    List<String> downtime = new ArrayList<>();
    for (Refusal refusal : refusals(plan(view, target.get(), List.of(), plugins))) {
      findings.add(found(refusal));
      if (refusal.reason() == RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED) {
        downtime.add(refusal.got());
      }
    }
    Optional<Plan> plan =
        plan(view, target.get(), everything(), plugins) instanceof Planning.Possible(Plan possible)
            ? Optional.of(possible)
            : Optional.empty();
    return new Outlook(cluster, view, from, target.get(), plugins, plan, downtime, findings);
  }

  private static Planning.Outcome plan(
      ClusterView view, String to, List<String> accepted, List<String> plugins) {
    return Planning.plan(
        view.getServing().isEmpty()
            ? install(view, to, accepted, plugins)
            : start(view, to, accepted, plugins));
  }

  private static Request.Opening start(
      ClusterView view, String to, List<String> accepted, List<String> plugins) {
    return new Request.Start(
        "preflight",
        Instant.EPOCH,
        0,
        new UpgradeId("preflight"),
        new ClusterName(view.getName()),
        "preflight",
        "",
        to,
        null,
        accepted,
        plugins,
        ClusterCodec.snapshot(view),
        null);
  }

  private static Request.Opening install(
      ClusterView view, String to, List<String> accepted, List<String> plugins) {
    return new Request.Install(
        "preflight",
        Instant.EPOCH,
        0,
        new UpgradeId("preflight"),
        new ClusterName(view.getName()),
        "preflight",
        "",
        to,
        accepted,
        plugins,
        ClusterCodec.snapshot(view),
        null);
  }

  private static List<Refusal> refusals(Planning.Outcome outcome) {
    return outcome instanceof Planning.Impossible(List<Refusal> refusals) ? refusals : List.of();
  }

  private static List<String> everything() {
    Stream<String> downtime =
        Stream.iterate(0, i -> i + 1 < PATH.size(), i -> i + 1)
            .map(i -> "downtime:" + PATH.get(i) + "-" + PATH.get(i + 1));
    return Stream.concat(Stream.of("backup-off", "same-keyspace"), downtime).toList();
  }

  private static Found found(Refusal refusal) {
    return new Found(
        ACCEPTABLE.contains(refusal.reason()) ? Severity.WARNING : Severity.BLOCKER,
        "plan." + refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "planner",
        "Expected " + refusal.expected() + ", but " + refusal.got(),
        refusal.got(),
        refusal.remedy());
  }

  private static Optional<String> newest(Cluster cluster, String from) {
    return KongVersion.newest(
        cluster.versions().keySet().stream().filter(version -> newer(cluster, from, version)));
  }

  /// Enterprise's version of the same base is as new as Community's, and where it goes.
  private static boolean newer(Cluster cluster, String from, String version) {
    Optional<KongVersion> serving = KongVersion.parse(from);
    Optional<KongVersion> other = KongVersion.parse(version);
    if (other.isEmpty() || serving.isEmpty()) {
      return other.isPresent();
    }
    int order = other.get().compareTo(serving.get());
    return order > 0
        || (order == 0
            && edition(cluster, from).equals(Optional.of(Edition.COMMUNITY))
            && edition(cluster, version).equals(Optional.of(Edition.ENTERPRISE)));
  }

  private static Optional<Edition> edition(Cluster cluster, String version) {
    return cluster.version(version).map(known -> known.edition());
  }

  /// The versions on the way.
  List<String> path() {
    return plan.map(
            known ->
                Stream.concat(
                        Stream.of(known.fromVersion()), known.hops().stream().map(Hop::toVersion))
                    .filter(version -> !version.isEmpty())
                    .toList())
        .orElse(List.of());
  }

  /// How rows travel to a keyspace of green's own, null where they stay.
  @Nullable String way() {
    return cluster.addsPlugins(from, to) ? null : view.getCopyWay();
  }

  String procedure() {
    if (from.isEmpty()) {
      return "fresh-install";
    }
    return plan.map(known -> known.hops().getFirst().procedure().word())
        .orElse(view.getProcedure());
  }

  /// One hop that workers look at.
  ///
  /// @param from empty where nothing serves yet
  /// @param first whether it begins on what is there now
  record Move(String from, String to, boolean first) {}

  /// The hops that workers look at, those whose versions the inventory describes: all of the plan,
  /// or straight to the version asked for where there is none.
  List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    plan.ifPresentOrElse(
        known ->
            known
                .hops()
                .forEach(
                    hop ->
                        moves.add(new Move(hop.fromVersion(), hop.toVersion(), moves.isEmpty()))),
        () -> moves.add(new Move(from, to, true)));
    return moves.stream().filter(this::described).toList();
  }

  private boolean described(Move move) {
    return (move.from().isEmpty() || cluster.version(move.from()).isPresent())
        && !move.to().equals(move.from())
        && cluster.version(move.to()).isPresent();
  }
}
