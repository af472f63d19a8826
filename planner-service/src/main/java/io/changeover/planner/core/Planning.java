package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// From a request and what the inventory says to a plan, or to every reason why there is none.
public final class Planning {
  private Planning() {}

  /// A plan, or why not.
  public sealed interface Outcome {}

  /// It can be done, like this.
  public record Possible(Plan plan) implements Outcome {}

  /// It cannot be done, for these reasons.
  public record Impossible(List<Refusal> refusals) implements Outcome {
    public Impossible {
      refusals = List.copyOf(refusals);
    }
  }

  /// Plans a start or an install. The same request and snapshot always give the same plan.
  public static Outcome plan(Request.Opening opening) {
    ClusterSnapshot cluster = opening.snapshot();
    if (cluster == null) {
      return new Impossible(
          Stream.concat(running(opening).stream(), Stream.of(unknown(opening))).toList());
    }
    return switch (opening) {
      case Request.Start start ->
          cluster.knowsHops() ? UpgradePlanning.plan(start, cluster) : ofRelease2(start, cluster);
      case Request.Install install -> InstallPlanning.plan(install, cluster);
    };
  }

  /// As release 2 planned, for its journals.
  private static Outcome ofRelease2(Request.Start start, ClusterSnapshot cluster) {
    String from = Optional.ofNullable(start.fromVersion()).orElse(cluster.serving());
    Optional<Procedure> known = Itinerary.asked(cluster);
    Phases phases = new Phases(cluster, from, start.toVersion());
    Itinerary itinerary = Itinerary.of(known.orElseGet(Procedure.Shared::new), phases);
    Stops stops = new Stops(cluster, itinerary);
    List<Refusal> refusals =
        Stream.of(
                running(start).stream(),
                PlanChecks.versions(start, cluster, from),
                PlanChecks.procedure(cluster, known, from),
                PlanChecks.backup(start, cluster, itinerary),
                PlanChecks.steps(cluster),
                PlanChecks.settings(cluster),
                PlanChecks.names(cluster, List.of(stops)))
            .flatMap(refusal -> refusal)
            .toList();
    return outcome(start, cluster, refusals, List.of(stops.hop(from, start.toVersion())));
  }

  /// A plan of these hops, unless something speaks against it.
  static Outcome outcome(
      Request.Opening opening, ClusterSnapshot cluster, List<Refusal> refusals, List<Hop> hops) {
    return refusals.isEmpty()
        ? new Possible(
            new Plan(hops, opening.plugins(), opening.acknowledgements(), cluster.patience()))
        : new Impossible(refusals);
  }

  static Optional<Refusal> running(Request.Opening start) {
    return Optional.ofNullable(start.runningUpgrade())
        .map(
            running ->
                new Refusal(
                    RefusalReason.ALREADY_RUNNING,
                    "no other upgrade of cluster " + start.cluster(),
                    "upgrade " + running + " has not ended",
                    "Wait for it, abort it or retry it; then start again."));
  }

  private static Refusal unknown(Request.Opening start) {
    return new Refusal(
        RefusalReason.UNKNOWN_CLUSTER,
        "a cluster of the inventory",
        "got '" + start.cluster() + "'",
        "Correct the name, or add the cluster to the inventory. A file with errors leaves its"
            + " clusters out: `changeover inventory check` names file and line.");
  }
}
