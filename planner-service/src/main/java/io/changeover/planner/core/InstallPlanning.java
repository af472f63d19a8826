package io.changeover.planner.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Plans the first version of a cluster.
final class InstallPlanning {
  private InstallPlanning() {}

  static Planning.Outcome plan(Request.Install install, ClusterSnapshot cluster) {
    String to = Optional.ofNullable(install.toVersion()).orElseGet(() -> newest(cluster));
    Stops stops = new Stops(cluster, new FreshInstall(new Phases(cluster, "", to)));
    List<Refusal> refusals =
        Stream.of(
                Planning.running(install).stream(),
                serves(cluster),
                VersionPath.unreadable(cluster, to).stream(),
                PlanChecks.described(cluster, to),
                PlanChecks.settings(cluster))
            .flatMap(refusal -> refusal)
            .toList();
    return Planning.outcome(install, cluster, refusals, List.of(stops.hop("", to)));
  }

  private static String newest(ClusterSnapshot cluster) {
    return KongVersion.newest(cluster.versions().stream().map(ClusterSnapshot.Version::version))
        .orElse("");
  }

  private static Stream<Refusal> serves(ClusterSnapshot cluster) {
    return cluster.serving().isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Refusal(
                RefusalReason.SERVES_ALREADY,
                "a cluster that serves nothing yet",
                cluster.name() + " serves " + cluster.serving() + " by the inventory",
                "Start an upgrade; or take serving out where that is not true."));
  }
}
