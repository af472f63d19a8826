package io.changeover.planner.journal;

import io.changeover.messages.ClusterView;
import io.changeover.messages.DeadlineView;
import io.changeover.messages.VersionView;
import io.changeover.planner.core.ClusterSnapshot;
import io.changeover.planner.core.ClusterSnapshot.GateBefore;
import io.changeover.planner.core.ClusterSnapshot.HookBefore;
import io.changeover.planner.core.Edition;
import io.changeover.planner.core.Patience;
import io.changeover.planner.core.Topology;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the inventory said of a cluster, from its record.
public final class ClusterCodec {
  private ClusterCodec() {}

  /// The core's picture of it.
  public static ClusterSnapshot snapshot(ClusterView view) {
    return new ClusterSnapshot(
        view.getRules(),
        view.getName(),
        word(Topology.values(), Topology::word, view.getTopology()),
        view.getAdminBackend(),
        view.getProcedure(),
        view.getCopyWay(),
        view.getServing(),
        view.getVersions().stream().map(ClusterCodec::version).toList(),
        view.getBackup(),
        view.getSteps().stream().map(PlanCodec::shift).toList(),
        Duration.ofMillis(view.getSoakMillis()),
        PlanCodec.analysis(view.getSoakAnalysis()),
        view.getGates().stream()
            .map(
                gate ->
                    new GateBefore(
                        gate.getName(),
                        gate.getBefore(),
                        PlanCodec.duration(gate.getDeadlineMillis())))
            .toList(),
        view.getHooks().stream()
            .map(
                hook ->
                    new HookBefore(
                        hook.getRunbook(),
                        hook.getBefore(),
                        Duration.ofMillis(hook.getDeadlineMillis())))
            .toList(),
        view.getDeadlines().stream()
            .collect(
                Collectors.toMap(
                    DeadlineView::getAction,
                    deadline -> Duration.ofMillis(deadline.getMillis()),
                    (first, last) -> last)),
        patience(view));
  }

  private static Patience patience(ClusterView view) {
    return new Patience(
        view.getMaxAttempts(),
        Duration.ofMillis(view.getBackoffMillis()),
        Duration.ofMillis(view.getHeartbeatMillis()),
        Duration.ofMillis(view.getHeartbeatTimeoutMillis()));
  }

  private static ClusterSnapshot.Version version(VersionView view) {
    return new ClusterSnapshot.Version(
        view.getVersion(),
        word(Edition.values(), Edition::word, view.getEdition()),
        view.getNodes(),
        view.getControlPlanes(),
        view.getDataPlanes(),
        view.getProvision(),
        view.getDecommission());
  }

  private static <T> T word(T[] values, Function<T, String> word, String said) {
    return Stream.of(values)
        .filter(value -> word.apply(value).equals(said))
        .findFirst()
        .orElseThrow(
            () -> new UnreadableRecord("one of " + Stream.of(values).map(word).toList(), said));
  }
}
