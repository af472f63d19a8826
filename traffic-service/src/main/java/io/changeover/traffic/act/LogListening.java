package io.changeover.traffic.act;

import io.changeover.worker.Inventories;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;

/// Opens the log listeners of all clusters when the service starts, and of new ones as the
/// inventory names them: a router whose lines nobody listens to would meet closed ports.
@Singleton
@Requires(beans = Inventories.class)
public class LogListening {

  private final Inventories inventories;
  private final TrafficLogs logs;

  public LogListening(Inventories inventories, TrafficLogs logs) {
    this.inventories = inventories;
    this.logs = logs;
  }

  @EventListener
  void started(StartupEvent event) {
    open();
  }

  @Scheduled(fixedDelay = "30s", initialDelay = "30s")
  void open() {
    inventories.current().clusters().forEach(logs::of);
  }
}
