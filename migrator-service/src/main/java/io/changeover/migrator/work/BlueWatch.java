package io.changeover.migrator.work;

import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.HttpReader;
import io.changeover.migrator.observe.Reading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again at blue nodes that were stopped. One that answers is a loud event:
/// somebody has started an old Kong on a schema that may be finished. What is watched stands in the
/// state folder, so that a restart goes on with it.
@Singleton
public class BlueWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BlueWatch.class);

  private final Map<String, StoppedBlue> stopped = new ConcurrentHashMap<>();
  private final HttpReader http;
  private final MeterRegistry meters;
  private final Path folder;

  BlueWatch(MigratorSettings settings, MeterRegistry meters) {
    this.http = new HttpReader(settings.http());
    this.meters = meters;
    this.folder = settings.state();
    StoppedBlue.readAll(folder).forEach(one -> stopped.put(one.cluster(), one));
  }

  void begin(Subject subject) {
    StoppedBlue one = StoppedBlue.of(subject);
    stopped.put(one.cluster(), one);
    answers(one.cluster());
    try {
      one.write(folder);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("upgrade", one.upgrade())
          .addKeyValue("cluster", one.cluster())
          .log(
              "Stopped blue nodes are watched until this worker ends only: {} can't be written",
              folder);
    }
  }

  void end(String cluster) {
    stopped.remove(cluster);
    try {
      StoppedBlue.forget(folder, cluster);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("cluster", cluster)
          .log("A note stays in {}: {}", folder, e.getMessage());
    }
  }

  /// One round.
  @Scheduled(fixedDelay = "${changeover.migrator.blue-watch:15s}", initialDelay = "15s")
  void look() throws InterruptedException {
    for (StoppedBlue one : stopped.values()) {
      for (StoppedBlue.Address node : one.nodes()) {
        if (answers(node.admin()) || answers(node.proxy())) {
          shout(one, node);
        }
      }
    }
  }

  private boolean answers(URI address) throws InterruptedException {
    return http.get(address, "/", Map.of()) instanceof Reading.Answered;
  }

  private void shout(StoppedBlue one, StoppedBlue.Address node) {
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
