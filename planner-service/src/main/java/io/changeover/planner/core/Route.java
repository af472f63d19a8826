package io.changeover.planner.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The hops from one version to another: one for each minor of the path, each to the newest version
/// of it that the inventory describes, and one from Community to Enterprise before them.
///
/// @param legs as far as they could be found
/// @param minors of the path, both ends included; empty where there is none
/// @param refusals why they don't lead there, empty when they do
record Route(List<Leg> legs, List<String> minors, List<Refusal> refusals) {
  Route {
    minors = List.copyOf(minors);
    legs = List.copyOf(legs);
    refusals = List.copyOf(refusals);
  }

  /// One hop, by its versions, both readable.
  record Leg(String from, String to) {
    String fromMinor() {
      return minor(from);
    }

    String toMinor() {
      return minor(to);
    }

    /// Whether only nodes change, not the version.
    boolean relabelled() {
      return KongVersion.relabelled(from, to);
    }

    private static String minor(String version) {
      return KongVersion.parse(version).orElseThrow().minor();
    }

    @Override
    public String toString() {
      return from + " → " + to;
    }
  }

  /// @param plugins to add
  static Route of(ClusterSnapshot cluster, String from, String to, List<String> plugins) {
    Optional<Refusal> unreadable =
        VersionPath.unreadable(cluster, from).or(() -> VersionPath.unreadable(cluster, to));
    if (unreadable.isPresent()) {
      return new Route(List.of(), List.of(), unreadable.stream().toList());
    }
    Leg leg = new Leg(from, to);
    if (HopProcedure.addsPlugins(cluster, leg)) {
      return new Route(
          List.of(leg),
          List.of(leg.toMinor()),
          VersionPath.relabelled(cluster, leg, plugins).toList());
    }
    if (HopProcedure.toCommunity(cluster, leg)) {
      return new Route(List.of(), List.of(), List.of(toCommunity(cluster, leg)));
    }
    return HopProcedure.toEnterprise(cluster, leg)
        ? fromCommunity(cluster, from, to)
        : alongPath(cluster, from, to);
  }

  private static Refusal toCommunity(ClusterSnapshot cluster, Leg leg) {
    return new Refusal(
        RefusalReason.EDITION_MISFIT,
        "an Enterprise version to follow " + leg.from() + ", which is Enterprise",
        "got " + leg.to() + ", which is Community by the inventory of " + cluster.name(),
        "Choose an Enterprise version: Kong has no migrations back to Community. Where the"
            + " inventory is wrong, correct the version's edition there.");
  }

  private static Route fromCommunity(ClusterSnapshot cluster, String from, String to) {
    List<Integer> base = base(from);
    Optional<String> first =
        KongVersion.newest(
            cluster.versions().stream()
                .filter(version -> version.edition() == Edition.ENTERPRISE)
                .map(ClusterSnapshot.Version::version)
                .filter(
                    version ->
                        KongVersion.parse(version).isPresent() && base(version).equals(base)));
    if (first.isEmpty()) {
      String wanted = base.get(0) + "." + base.get(1) + "." + base.get(2);
      return new Route(
          List.of(),
          List.of(),
          List.of(
              new Refusal(
                  RefusalReason.EDITION_MISFIT,
                  "an Enterprise version of the same open-source base, " + wanted,
                  "the inventory of " + cluster.name() + " describes none",
                  "Add one under the cluster's kong: " + from + " → " + wanted + ".x → " + to)));
    }
    String enterprise = base(to).equals(base) ? to : first.get();
    Leg edition = new Leg(from, enterprise);
    if (enterprise.equals(to)) {
      return new Route(List.of(edition), List.of(), List.of());
    }
    Route rest = alongPath(cluster, enterprise, to);
    List<Leg> legs = new ArrayList<>(List.of(edition));
    legs.addAll(rest.legs());
    return new Route(rest.legs().isEmpty() ? List.of() : legs, rest.minors(), rest.refusals());
  }

  private static List<Integer> base(String version) {
    return KongVersion.parse(version).orElseThrow().parts().subList(0, 3);
  }

  private static Route alongPath(ClusterSnapshot cluster, String from, String to) {
    Optional<Refusal> forbidden = VersionPath.backwardsOrOff(cluster, from, to);
    if (forbidden.isPresent()) {
      return new Route(List.of(), List.of(), forbidden.stream().toList());
    }
    List<String> minors =
        VersionPath.between(new Leg(from, to).fromMinor(), new Leg(from, to).toMinor());
    List<Leg> legs = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    String at = from;
    for (String minor :
        minors.subList(Math.min(1, minors.size()), Math.max(1, minors.size() - 1))) {
      Optional<String> next = newest(cluster, minor, HopProcedure.edition(cluster, from));
      if (next.isEmpty()) {
        refusals.add(skipped(cluster, minor, minors, from, to));
      } else {
        legs.add(new Leg(at, next.get()));
        at = next.get();
      }
    }
    legs.add(new Leg(at, to));
    return new Route(refusals.isEmpty() ? legs : List.of(), minors, refusals);
  }

  private static Optional<String> newest(ClusterSnapshot cluster, String minor, Edition edition) {
    return KongVersion.newest(
        cluster.versions().stream()
            .filter(version -> !cluster.keepsEnterprise() || version.edition() == edition)
            .map(ClusterSnapshot.Version::version)
            .filter(
                version ->
                    KongVersion.parse(version).map(KongVersion::minor).equals(Optional.of(minor))));
  }

  private static Refusal skipped(
      ClusterSnapshot cluster, String minor, List<String> minors, String from, String to) {
    return new Refusal(
        RefusalReason.SKIPPED_HOP,
        "a version of " + minor + " that the inventory of " + cluster.name() + " describes",
        "got " + from + " → " + to + " without one",
        "Add a version of "
            + minor
            + " under the cluster's kong: go "
            + String.join(" → ", minors)
            + ".");
  }
}
