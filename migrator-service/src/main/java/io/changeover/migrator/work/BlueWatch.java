package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.HttpReader;
import io.changeover.migrator.observe.Reading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again at blue nodes that were stopped. One that answers is a loud event:
/// somebody has started an old Kong on a schema that may be finished. Remembers what this process
/// has stopped; a restart forgets it until `verify`.
@Singleton
public class BlueWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BlueWatch.class);

  private record Stopped(String cluster, String upgrade, int attempt, List<Node> nodes) {}

  private final Map<String, Stopped> stopped = new ConcurrentHashMap<>();
  private final HttpReader http;
  private final MeterRegistry meters;

  BlueWatch(MigratorSettings settings, MeterRegistry meters) {
    this.http = new HttpReader(settings.http());
    this.meters = meters;
  }

  void begin(Subject subject) {
    String cluster = subject.cluster().name();
    stopped.put(
        cluster,
        new Stopped(
            cluster,
            subject.command().getUpgrade(),
            subject.command().getAttempt(),
            subject.blue().nodes()));
    answers(cluster);
  }

  void end(String cluster) {
    stopped.remove(cluster);
  }

  /// One round.
  @Scheduled(fixedDelay = "${changeover.migrator.blue-watch:15s}", initialDelay = "15s")
  void look() throws InterruptedException {
    for (Stopped one : stopped.values()) {
      for (Node node : one.nodes()) {
        if (http.get(node.admin(), "/", Map.of()) instanceof Reading.Answered
            || http.get(node.proxy(), "/", Map.of()) instanceof Reading.Answered) {
          shout(one, node);
        }
      }
    }
  }

  private void shout(Stopped one, Node node) {
    answers(one.cluster()).increment();
    LOG.atError()
        .addKeyValue("upgrade", one.upgrade())
        .addKeyValue("cluster", one.cluster())
        .addKeyValue("attempt", one.attempt())
        .addKeyValue("node", node.name())
        .log(
            "A blue node that was stopped answers again: stop it, an old Kong must not run on this schema");
  }

  private Counter answers(String cluster) {
    return Counter.builder("changeover.blue.answers")
        .description("Times that a stopped blue node was seen to answer")
        .tag("cluster", cluster)
        .register(meters);
  }
}
