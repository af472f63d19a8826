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

  /// Plans a start. The same request and snapshot always give the same plan.
  public static Outcome plan(Request.Start start) {
    ClusterSnapshot cluster = start.snapshot();
    if (cluster == null) {
      return new Impossible(
          Stream.concat(running(start).stream(), Stream.of(unknown(start))).toList());
    }
    String from = Optional.ofNullable(start.fromVersion()).orElse(cluster.serving());
    Optional<Itinerary> known = Itinerary.of(cluster, from, start.toVersion());
    Itinerary itinerary =
        known.orElseGet(() -> new SharedDatastore(new Phases(cluster, from, start.toVersion())));
    Stops stops = new Stops(cluster, itinerary);
    List<Refusal> refusals =
        Stream.of(
                running(start).stream(),
                PlanChecks.versions(start, cluster, from),
                PlanChecks.procedure(cluster, known, from),
                PlanChecks.backup(start, cluster, itinerary),
                PlanChecks.steps(cluster),
                PlanChecks.settings(cluster),
                PlanChecks.names(cluster, stops))
            .flatMap(refusal -> refusal)
            .toList();
    return refusals.isEmpty()
        ? new Possible(planned(start, cluster, stops.hop(from, start.toVersion())))
        : new Impossible(refusals);
  }

  private static Plan planned(Request.Start start, ClusterSnapshot cluster, Hop hop) {
    return new Plan(List.of(hop), start.plugins(), start.acknowledgements(), cluster.patience());
  }

  private static Optional<Refusal> running(Request.Start start) {
    return Optional.ofNullable(start.runningUpgrade())
        .map(
            running ->
                new Refusal(
                    RefusalReason.ALREADY_RUNNING,
                    "no other upgrade of cluster " + start.cluster(),
                    "upgrade " + running + " has not ended",
                    "Wait for it, abort it or retry it; then start again."));
  }

  private static Refusal unknown(Request.Start start) {
    return new Refusal(
        RefusalReason.UNKNOWN_CLUSTER,
        "a cluster of the inventory",
        "got '" + start.cluster() + "'",
        "Correct the name, or add the cluster to the inventory. A file with errors leaves its"
            + " clusters out: `changeover inventory check` names file and line.");
  }
}
