package io.changeover.traffic.act;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Haproxy;
import io.changeover.inventory.HostPort;
import io.changeover.traffic.log.Tap;
import io.changeover.traffic.log.TrafficLog;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of this process, one per address of the inventory, opened when first asked for.
@Singleton
public class TrafficLogs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficLogs.class);

  private final Map<HostPort, TrafficLog> open = new HashMap<>();
  private final boolean elsewhere;

  public TrafficLogs() {
    this(false);
  }

  private TrafficLogs(boolean elsewhere) {
    this.elsewhere = elsewhere;
  }

  /// For a process that must not listen: the addresses belong to the running service.
  static TrafficLogs elsewhere() {
    return new TrafficLogs(true);
  }

  /// Whether another process is the one that listens.
  boolean listensElsewhere() {
    return elsewhere;
  }

  /// The listener of a cluster; empty when its inventory names none or its address can't be bound.
  public synchronized Optional<TrafficLog> of(Cluster cluster) {
    return switch (cluster.router()) {
      case Haproxy haproxy -> haproxy.syslog().flatMap(address -> at(address, cluster.name()));
    };
  }

  /// A tap on the lines of a cluster's traffic; one that stays empty where there is no listener.
  Tap tap(Cluster cluster, Scene scene) {
    return of(cluster)
        .map(log -> log.tap(scene.settings().backend(), scene.sides()))
        .orElseGet(Tap::silent);
  }

  private Optional<TrafficLog> at(HostPort address, String cluster) {
    TrafficLog known = open.get(address);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      TrafficLog log = TrafficLog.listen(address);
      open.put(address, log);
      return Optional.of(log);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("cluster", cluster)
          .log("No log stream: {} can't be bound: {}", address, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  @PreDestroy
  public synchronized void close() {
    open.values().forEach(TrafficLog::close);
    open.clear();
  }
}
