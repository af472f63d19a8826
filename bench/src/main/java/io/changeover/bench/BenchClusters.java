package io.changeover.bench;

import io.changeover.messages.ClusterView;
import io.changeover.messages.StepView;
import io.changeover.messages.VersionView;
import io.changeover.planner.port.Clusters;
import java.util.List;
import java.util.Optional;

/// Every name is a cluster: four steps, no gates, which makes sixteen phases.
final class BenchClusters implements Clusters {
  static final int PHASES = 16;

  @Override
  public Optional<ClusterView> find(String name) {
    return Optional.of(view(name));
  }

  static ClusterView view(String name) {
    return ClusterView.newBuilder()
        .setName(name)
        .setProcedure("shared-datastore")
        .setServing("2.1.4")
        .setVersions(
            List.of(
                new VersionView(
                    "2.1.4",
                    List.of("blue-1", "blue-2"),
                    null,
                    null,
                    "enterprise",
                    List.of(),
                    List.of()),
                new VersionView(
                    "2.2.2",
                    List.of("green-1", "green-2"),
                    null,
                    null,
                    "enterprise",
                    List.of(),
                    List.of())))
        .setSteps(
            List.of(
                new StepView(5, 0L, null),
                new StepView(25, 0L, null),
                new StepView(50, 0L, null),
                new StepView(100, 0L, null)))
        .build();
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public String origin() {
    return "bench";
  }
}
