package io.changeover.planner.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What speaks against a plan. Every check looks at one thing and says what was expected.
final class PlanChecks {
  private static final Set<String> BACKUPS = Set.of("copy", "pg_dump", "off");
  private static final List<String> VERBATIM_FROM = List.of("2.1", "2.2");
  private static final Duration LONGEST = Duration.ofDays(31);

  private PlanChecks() {}

  static Stream<Refusal> versions(Request.Start start, ClusterSnapshot cluster, String from) {
    String to = start.toVersion();
    return Stream.of(
            serving(start, cluster, from),
            described(cluster, from),
            from.equals(to) ? Stream.<Refusal>empty() : described(cluster, to),
            VersionPath.forbids(from, to, start.acknowledgements()).stream())
        .flatMap(Function.identity());
  }

  static Stream<Refusal> serving(Request.Start start, ClusterSnapshot cluster, String from) {
    return from.equals(cluster.serving())
        ? Stream.empty()
        : Stream.of(
            new Refusal(
                RefusalReason.SERVING_DIFFERS,
                "version " + cluster.serving() + ", which serves by the inventory",
                "the request says " + from,
                "Correct fromVersion or the inventory's serving."));
  }

  static Stream<Refusal> described(ClusterSnapshot cluster, String wanted) {
    Optional<ClusterSnapshot.Version> version = cluster.version(wanted);
    if (version.isEmpty()) {
      List<String> known = cluster.versions().stream().map(v -> v.version()).sorted().toList();
      return Stream.of(
          new Refusal(
              RefusalReason.UNKNOWN_VERSION,
              "a version that the inventory of " + cluster.name() + " describes: " + known,
              "got " + wanted,
              "Add the version under the cluster's kong, or correct the request."));
    }
    return version.get().nodes().isEmpty()
        ? Stream.of(
            new Refusal(
                RefusalReason.NO_NODES,
                "at least one node of version " + wanted,
                "the inventory of " + cluster.name() + " names none",
                "Add the nodes, those that a runbook provisions too."))
        : Stream.empty();
  }

  /// What this planner can do with the cluster's datastore.
  static Stream<Refusal> procedure(
      ClusterSnapshot cluster, Optional<Procedure> procedure, String from) {
    return procedure
        .map(
            known ->
                switch (known) {
                  case Procedure.Copy _ -> verbatim(from);
                  case Procedure.Shared _,
                      Procedure.Downtime _,
                      Procedure.Community _,
                      Procedure.Hybrid _,
                      Procedure.DbLess _,
                      Procedure.Fresh _ ->
                      Stream.<Refusal>empty();
                })
        .orElseGet(() -> Stream.of(unsupported(cluster)));
  }

  /// The words of release 1 for a view of release 1, which did not say how rows travel: its
  /// journals must still be decided as they were.
  private static Refusal unsupported(ClusterSnapshot cluster) {
    boolean early = cluster.procedure().equals(Procedure.Copy.WORD) && cluster.way() == null;
    String asks = "cluster " + cluster.name() + " asks for " + cluster.procedure();
    return early
        ? new Refusal(
            RefusalReason.PROCEDURE_NOT_SUPPORTED,
            "the procedure " + Procedure.Shared.WORD,
            asks,
            "This planner has no other procedure yet.")
        : new Refusal(
            RefusalReason.PROCEDURE_NOT_SUPPORTED,
            "the procedure "
                + Procedure.Shared.WORD
                + ", or "
                + Procedure.Copy.WORD
                + " by copy, dump or kong-yml",
            asks + (cluster.way() == null ? "" : " by " + cluster.way()),
            "Correct the cluster's procedure and datastore in the inventory.");
  }

  /// Kong 2.1 changed what stands in columns (workspace prefixes, cache keys), which no copy does.
  private static Stream<Refusal> verbatim(String from) {
    boolean fits =
        VersionPath.ofRelease2(from)
            .map(KongVersion::minor)
            .filter(minor -> !VERBATIM_FROM.contains(minor))
            .isEmpty();
    return fits
        ? Stream.empty()
        : Stream.of(
            new Refusal(
                RefusalReason.PROCEDURE_NOT_SUPPORTED,
                "a version that " + Procedure.Copy.WORD + " can copy from: " + VERBATIM_FROM,
                "got " + from + ", whose columns hold other values",
                "Make this hop with sameKeyspace: true."));
  }

  static Stream<Refusal> backup(Request.Start start, ClusterSnapshot cluster, Itinerary itinerary) {
    if (!BACKUPS.contains(cluster.backup())) {
      return Stream.of(
          new Refusal(
              RefusalReason.UNKNOWN_BACKUP,
              "backup copy, pg_dump or off",
              "got " + cluster.backup(),
              "Correct the cluster's upgrade.backup."));
    }
    return itinerary.savesFirst()
            && cluster.backup().equals("off")
            && !start.acknowledgements().contains("backup-off")
        ? Stream.of(
            new Refusal(
                RefusalReason.BACKUP_NOT_ACKNOWLEDGED,
                "the acknowledgement backup-off, since the inventory switches the backup off",
                "the request does not have it",
                "Add the acknowledgement, or switch the backup on."))
        : Stream.empty();
  }

  static Stream<Refusal> steps(ClusterSnapshot cluster) {
    List<Integer> weights = cluster.steps().stream().map(Shift::weight).toList();
    boolean rising =
        IntStream.range(0, weights.size())
            .allMatch(i -> weights.get(i) > (i == 0 ? 0 : weights.get(i - 1)));
    return rising && !weights.isEmpty() && weights.getLast() == 100
        ? Stream.empty()
        : Stream.of(
            new Refusal(
                RefusalReason.STEPS_NOT_RISING,
                "steps with rising weights above 0, the last one 100",
                "got " + weights,
                "Correct the cluster's upgrade.steps."));
  }

  static Stream<Refusal> settings(ClusterSnapshot cluster) {
    Patience patience = cluster.patience();
    Stream<Optional<Refusal>> own =
        Stream.of(
            must(patience.maxAttempts() >= 1, "retry.maxAttempts of at least 1", patience),
            must(!patience.backoff().isNegative(), "retry.backoff of 0 and more", patience),
            must(patience.heartbeat().isPositive(), "heartbeat.interval above 0", patience),
            must(
                patience.heartbeatTimeout().compareTo(patience.heartbeat()) > 0,
                "heartbeat.timeout above heartbeat.interval",
                patience),
            must(!cluster.soak().isNegative(), "soak of 0 and more", cluster.soak()));
    Stream<Optional<Refusal>> deadlines =
        cluster.deadlines().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> deadline(entry.getKey(), entry.getValue()));
    return Stream.concat(own, deadlines).flatMap(Optional::stream);
  }

  private static Optional<Refusal> deadline(String action, Duration value) {
    if (Action.of(action).isEmpty()) {
      List<String> words = Stream.of(Action.values()).map(Action::word).toList();
      return must(false, "deadlines of actions " + words, action);
    }
    boolean fits = value.isPositive() && value.compareTo(LONGEST) <= 0;
    return must(fits, "a deadline of " + action + " above 0 and up to 31 days", value);
  }

  private static Optional<Refusal> must(boolean holds, String expected, @Nullable Object got) {
    return holds
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RefusalReason.SETTING_OUT_OF_RANGE,
                expected,
                "got " + got,
                "Correct the cluster's upgrade settings in the inventory."));
  }

  /// Gates and hooks stand before phases that exist, and gates have names of their own.
  ///
  /// @param stops of every hop; a name may belong to any of them
  static Stream<Refusal> names(ClusterSnapshot cluster, List<Stops> stops) {
    List<String> phases =
        stops.stream()
            .flatMap(hop -> hop.itinerary().forward().stream().map(Phase::name))
            .distinct()
            .toList();
    Set<String> placed =
        stops.stream()
            .flatMap(hop -> hop.gates().stream())
            .filter(gate -> phases.contains(gate.before()))
            .map(ClusterSnapshot.GateBefore::name)
            .collect(Collectors.toSet());
    Stream<Refusal> gates =
        cluster.gates().stream()
            .filter(gate -> !phases.contains(gate.before()) && !placed.contains(gate.name()))
            .map(gate -> nowhere("gate " + gate.name(), gate.before(), phases));
    Stream<Refusal> hooks =
        cluster.hooks().stream()
            .filter(hook -> !phases.contains(hook.before()))
            .map(hook -> nowhere("runbook " + hook.runbook(), hook.before(), phases));
    return Stream.of(gates, hooks, stops.stream().flatMap(hop -> doubled(hop, phases)).distinct())
        .flatMap(Function.identity());
  }

  private static Stream<Refusal> doubled(Stops hop, List<String> phases) {
    Set<String> seen = new HashSet<>(phases);
    return hop.gates().stream()
        .map(ClusterSnapshot.GateBefore::name)
        .filter(name -> !seen.add(name))
        .map(
            name ->
                new Refusal(
                    RefusalReason.NAME_TAKEN,
                    "a name for each gate that no other gate or phase has",
                    "got " + name + " again",
                    "Rename the gate in the cluster's upgrade.gates."));
  }

  private static Refusal nowhere(String what, String before, List<String> phases) {
    return new Refusal(
        RefusalReason.UNKNOWN_PHASE_NAMED,
        what + " before one of the phases " + phases,
        "got before " + before,
        "Name a phase of this upgrade.");
  }
}
