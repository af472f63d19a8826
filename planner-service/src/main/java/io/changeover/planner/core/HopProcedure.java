package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which procedure makes a hop of a cluster, and what speaks against it.
final class HopProcedure {
  private static final List<String> VERBATIM_FROM = List.of("2.1", "2.2");

  private HopProcedure() {}

  /// Empty where none fits.
  static Optional<Procedure> of(ClusterSnapshot cluster, Route.Leg leg) {
    Optional<Procedure> asked = Itinerary.asked(cluster);
    return switch (cluster.topology()) {
      case DB_LESS -> Optional.of(new Procedure.DbLess());
      case HYBRID ->
          shared(asked) && VERBATIM_FROM.contains(leg.fromMinor()) && !toEnterprise(cluster, leg)
              ? Optional.of(new Procedure.Hybrid())
              : Optional.empty();
      case TRADITIONAL -> {
        if (toEnterprise(cluster, leg)) {
          yield asked
              .filter(Procedure.Shared.class::isInstance)
              .map(_ -> new Procedure.Community());
        }
        if (addsPlugins(cluster, leg)) {
          yield asked.map(_ -> new Procedure.Shared());
        }
        yield leg.fromMinor().equals("1.5") && leg.toMinor().equals("2.1") && shared(asked)
            ? Optional.of(new Procedure.Downtime())
            : asked.filter(procedure -> shared(asked) || VERBATIM_FROM.contains(leg.fromMinor()));
      }
    };
  }

  /// What the cluster asks for, whatever the hop.
  static Optional<Procedure> usual(ClusterSnapshot cluster) {
    return switch (cluster.topology()) {
      case DB_LESS -> Optional.of(new Procedure.DbLess());
      case HYBRID -> Optional.of(new Procedure.Hybrid());
      case TRADITIONAL -> Itinerary.asked(cluster);
    };
  }

  static boolean toEnterprise(ClusterSnapshot cluster, Route.Leg leg) {
    return edition(cluster, leg.from()) == Edition.COMMUNITY
        && edition(cluster, leg.to()) == Edition.ENTERPRISE;
  }

  /// Whether a hop would lead from Enterprise to Community, which is no upgrade.
  static boolean toCommunity(ClusterSnapshot cluster, Route.Leg leg) {
    return cluster.keepsEnterprise()
        && cluster.version(leg.from()).isPresent()
        && edition(cluster, leg.from()) == Edition.ENTERPRISE
        && edition(cluster, leg.to()) == Edition.COMMUNITY;
  }

  /// Whether the same version of Kong goes on with more plugins, on other nodes and the same
  /// datastore, whatever the cluster asks for between versions: the schema is one.
  static boolean addsPlugins(ClusterSnapshot cluster, Route.Leg leg) {
    return cluster.knowsLabels() && leg.relabelled() && !toEnterprise(cluster, leg);
  }

  static Edition edition(ClusterSnapshot cluster, String version) {
    return cluster
        .version(version)
        .map(ClusterSnapshot.Version::edition)
        .orElse(Edition.ENTERPRISE);
  }

  private static boolean shared(Optional<Procedure> asked) {
    return asked.filter(Procedure.Shared.class::isInstance).isPresent();
  }

  static Stream<Refusal> speaksAgainst(
      ClusterSnapshot cluster, Route.Leg leg, Optional<Procedure> procedure) {
    if (procedure.isPresent()) {
      return Stream.empty();
    }
    String asks = "got " + leg + " of cluster " + cluster.name() + ", which is ";
    String is = cluster.topology().word() + " with " + cluster.procedure();
    if (Itinerary.asked(cluster).isEmpty()) {
      return PlanChecks.procedure(cluster, Optional.empty(), leg.from());
    }
    if (toEnterprise(cluster, leg)) {
      return Stream.of(
          refusal(
              "a traditional cluster on the same datastore, from Community to Enterprise",
              asks + is,
              "Make this hop with topology: traditional, and on Cassandra sameKeyspace: true."));
    }
    return Stream.of(
        cluster.topology() == Topology.HYBRID
            ? refusal(
                "a hybrid cluster from 2.1 on, on the same datastore",
                asks + is,
                "Make this hop with topology: traditional, and on Cassandra sameKeyspace: true.")
            : refusal(
                "a version that " + Procedure.Copy.WORD + " can copy from: " + VERBATIM_FROM,
                "got " + leg.from() + ", whose columns hold other values",
                "Make this hop with sameKeyspace: true."));
  }

  private static Refusal refusal(String expected, String got, String remedy) {
    return new Refusal(RefusalReason.PROCEDURE_NOT_SUPPORTED, expected, got, remedy);
  }
}
