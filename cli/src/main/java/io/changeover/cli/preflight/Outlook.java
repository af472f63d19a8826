package io.changeover.cli.preflight;

import io.changeover.cli.preflight.Found.Severity;
import io.changeover.inventory.Cluster;
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
import java.util.Comparator;
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
/// @param view what the planner would be told of the cluster
/// @param plan empty where the planner would refuse
record Outlook(
    Cluster cluster,
    ClusterView view,
    String from,
    String to,
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
  static Outlook of(Cluster cluster, @Nullable String to) {
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
      return new Outlook(cluster, view, from, "", Optional.empty(), List.of(), List.of(none));
    }
    if (from.isEmpty()) {
      return fresh(cluster, view, target.get());
    }
    List<Found> findings = new ArrayList<>();
    List<String> downtime = new ArrayList<>();
    for (Refusal refusal : refusals(plan(view, target.get(), List.of()))) {
      findings.add(found(refusal));
      if (refusal.reason() == RefusalReason.DOWNTIME_NOT_ACKNOWLEDGED) {
        downtime.add(refusal.got());
      }
    }
    Optional<Plan> plan =
        plan(view, target.get(), everything()) instanceof Planning.Possible(Plan possible)
            ? Optional.of(possible)
            : Optional.empty();
    return new Outlook(cluster, view, from, target.get(), plan, downtime, findings);
  }

  /// An installation has nothing to look at but what it will be made on, which no look covers yet.
  private static Outlook fresh(Cluster cluster, ClusterView view, String to) {
    Found unseen =
        new Found(
            Severity.WARNING,
            "install.not-looked",
            "planner",
            "Nothing serves yet: what an installation of " + to + " would meet is not looked at",
            "the inventory has no serving",
            "Look yourself that the datastore is empty; the installation refuses one that is not.");
    return new Outlook(cluster, view, "", to, Optional.empty(), List.of(), List.of(unseen));
  }

  private static Planning.Outcome plan(ClusterView view, String to, List<String> accepted) {
    return Planning.plan(
        new Request.Start(
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
            List.of(),
            ClusterCodec.snapshot(view),
            null));
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
    Optional<KongVersion> serving = KongVersion.parse(from);
    return cluster.versions().keySet().stream()
        .filter(
            version ->
                KongVersion.parse(version)
                    .filter(known -> serving.isEmpty() || known.compareTo(serving.get()) > 0)
                    .isPresent())
        .max(Comparator.comparing(version -> KongVersion.parse(version).orElseThrow()));
  }

  /// The versions on the way.
  List<String> path() {
    return plan.map(
            known ->
                Stream.concat(
                        Stream.of(known.fromVersion()), known.hops().stream().map(Hop::toVersion))
                    .toList())
        .orElse(List.of());
  }

  String procedure() {
    if (from.isEmpty()) {
      return "fresh-install";
    }
    return plan.map(known -> known.hops().getFirst().procedure().word())
        .orElse(view.getProcedure());
  }

  /// The hop that workers can look at: later ones begin on what the first leaves.
  Optional<String> firstTo() {
    String next = plan.map(known -> known.hops().getFirst().toVersion()).orElse(to);
    boolean described =
        cluster.version(from).isPresent()
            && !next.equals(from)
            && cluster.version(next).isPresent();
    return described ? Optional.of(next) : Optional.empty();
  }
}
