package io.changeover.worker;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Settings of a worker.
///
/// @param topic the topic that brings its commands
/// @param name `migrator`, `traffic`, `exporter`; its consumer group is `changeover-<name>`
/// @param limit of phases that run at the same time; further ones wait and say so
/// @param instance this process's name among its like, the same after every start and of no other
///   process; a killed worker that comes back under its name takes its commands at once. Empty for
///   none: the others of the group then miss it first, up to ten seconds
/// @param shutdownGrace how long a shutdown waits for cancelled work to end and report
@ConfigurationProperties("changeover.worker")
@Requires(property = "changeover.worker.topic")
public record WorkerSettings(
    String topic,
    String name,
    @Bindable(defaultValue = "32") int limit,
    @Bindable(defaultValue = "") String instance,
    @Bindable(defaultValue = "10s") Duration shutdownGrace) {

  public WorkerSettings {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "changeover.worker.limit is " + limit + "; expected a number of at least 1");
    }
  }
}
