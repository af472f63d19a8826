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
/// @param shutdownGrace how long a shutdown waits for cancelled work to end and report
@ConfigurationProperties("changeover.worker")
@Requires(property = "changeover.worker.topic")
public record WorkerSettings(
    String topic,
    String name,
    @Bindable(defaultValue = "32") int limit,
    @Bindable(defaultValue = "10s") Duration shutdownGrace) {

  public WorkerSettings {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "changeover.worker.limit is " + limit + "; expected a number of at least 1");
    }
  }
}
