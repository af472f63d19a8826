package io.changeover.planner.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Plans the hops from one version to another, as one upgrade.
final class UpgradePlanning {
  private UpgradePlanning() {}

  /// One hop before it is checked.
  ///
  /// @param procedure empty where none fits
  private record Draft(Route.Leg leg, Optional<Procedure> procedure, Stops stops) {
    static Draft of(ClusterSnapshot cluster, Route.Leg leg) {
      Optional<Procedure> fits = HopProcedure.of(cluster, leg);
      return of(cluster, leg, fits);
    }

    static Draft of(ClusterSnapshot cluster, Route.Leg leg, Optional<Procedure> procedure) {
      Itinerary itinerary =
          Itinerary.of(
              procedure.orElseGet(Procedure.Shared::new),
              new Phases(cluster, leg.from(), leg.to()));
      return new Draft(leg, procedure, new Stops(cluster, itinerary));
    }
  }

  static Planning.Outcome plan(Request.Start start, ClusterSnapshot cluster) {
    String from = Optional.ofNullable(start.fromVersion()).orElse(cluster.serving());
    if (from.isEmpty()) {
      return new Planning.Impossible(
          Stream.concat(Planning.running(start).stream(), Stream.of(nothing(cluster))).toList());
    }
    Route route = Route.of(cluster, from, start.toVersion(), start.plugins());
    List<Draft> drafts = drafts(cluster, route, new Route.Leg(from, start.toVersion()));
    List<Refusal> refusals =
        Stream.of(
                Planning.running(start).stream(),
                PlanChecks.serving(start, cluster, from),
                described(cluster, from, start.toVersion(), route),
                route.refusals().stream(),
                VersionPath.downtime(route.minors(), start.acknowledgements()),
                drafts.stream().flatMap(draft -> checked(start, cluster, draft)),
                PlanChecks.steps(cluster),
                PlanChecks.settings(cluster),
                names(cluster, drafts))
            .flatMap(refusal -> refusal)
            .distinct()
            .toList();
    return Planning.outcome(start, cluster, refusals, hops(start, drafts));
  }

  /// Where no hops lead there, one that is checked for everything else, so that all reasons come at
  /// once.
  private static List<Draft> drafts(ClusterSnapshot cluster, Route route, Route.Leg whole) {
    return route.legs().isEmpty()
        ? List.of(Draft.of(cluster, whole, HopProcedure.usual(cluster)))
        : route.legs().stream().map(leg -> Draft.of(cluster, leg)).toList();
  }

  private static Stream<Refusal> described(
      ClusterSnapshot cluster, String from, String to, Route route) {
    return Stream.concat(
            Stream.of(from, to),
            route.legs().stream().flatMap(leg -> Stream.of(leg.from(), leg.to())))
        .distinct()
        .flatMap(version -> PlanChecks.described(cluster, version));
  }

  private static Stream<Refusal> checked(
      Request.Start start, ClusterSnapshot cluster, Draft draft) {
    return Stream.of(
            HopProcedure.speaksAgainst(cluster, draft.leg(), draft.procedure()),
            PlanChecks.backup(start, cluster, draft.stops().itinerary()),
            sameKeyspace(start, cluster, draft),
            mustSave(cluster, draft))
        .flatMap(refusal -> refusal);
  }

  /// The upgrade guide asks for a new keyspace on Cassandra. Where there is no other way, nobody
  /// has to say that this one is meant.
  private static Stream<Refusal> sameKeyspace(
      Request.Start start, ClusterSnapshot cluster, Draft draft) {
    String word = ClusterSnapshot.SAME_KEYSPACE;
    boolean chosen =
        word.equals(cluster.way())
            && cluster.topology() == Topology.TRADITIONAL
            && !HopProcedure.addsPlugins(cluster, draft.leg())
            && draft.procedure().filter(Procedure.Shared.class::isInstance).isPresent();
    return chosen && !start.acknowledgements().contains(word)
        ? Stream.of(
            new Refusal(
                RefusalReason.SAME_KEYSPACE_NOT_ACKNOWLEDGED,
                "the acknowledgement "
                    + word
                    + ", since both versions shall share blue's keyspace instead of the guide's copy",
                "the request does not have it",
                "Look by a preflight what the new version changes in the schema, then add the acknowledgement; or describe a keyspace of green's."))
        : Stream.empty();
  }

  /// What cannot be undone is saved first.
  private static Stream<Refusal> mustSave(ClusterSnapshot cluster, Draft draft) {
    boolean community = draft.procedure().filter(Procedure.Community.class::isInstance).isPresent();
    return community && cluster.backup().equals("off")
        ? Stream.of(
            new Refusal(
                RefusalReason.BACKUP_REQUIRED,
                "a backup before " + draft.leg() + ", from Community to Enterprise",
                "the inventory of " + cluster.name() + " switches it off",
                "Switch the backup on: nothing leads back from the first migration."))
        : Stream.empty();
  }

  private static Stream<Refusal> names(ClusterSnapshot cluster, List<Draft> drafts) {
    return PlanChecks.names(cluster, drafts.stream().map(Draft::stops).toList());
  }

  private static List<Hop> hops(Request.Start start, List<Draft> drafts) {
    List<Hop> hops = new ArrayList<>();
    for (Draft draft : drafts) {
      if (draft.procedure().isEmpty()) {
        return List.of();
      }
      Hop hop = draft.stops().hop(draft.leg().from(), draft.leg().to());
      Hop asked = start.acknowledgements().contains("no-dev-portal") ? withoutPortal(hop) : hop;
      hops.add(hops.isEmpty() ? asked : asked.prefixed("hop" + (hops.size() + 1) + "-"));
    }
    return List.copyOf(hops);
  }

  private static Hop withoutPortal(Hop hop) {
    return new Hop(
        hop.procedure(),
        hop.fromVersion(),
        hop.toVersion(),
        hop.steps().stream().filter(step -> !step.name().equals(WithDowntime.DEV_PORTAL)).toList(),
        hop.rollback());
  }

  private static Refusal nothing(ClusterSnapshot cluster) {
    return new Refusal(
        RefusalReason.NOTHING_SERVES,
        "a version that serves cluster " + cluster.name(),
        "the inventory has no serving",
        "Install it first, or say in the inventory what serves.");
  }
}
