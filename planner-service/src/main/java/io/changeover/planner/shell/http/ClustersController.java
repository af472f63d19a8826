package io.changeover.planner.shell.http;

import io.changeover.planner.port.Clusters;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// What the inventory names.
@Controller("/clusters")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ClustersController {
  private final Clusters clusters;

  ClustersController(Clusters clusters) {
    this.clusters = clusters;
  }

  /// All names, sorted.
  @Serdeable
  record Names(List<String> clusters) {}

  @Get
  Names names() {
    return new Names(clusters.names());
  }
}
