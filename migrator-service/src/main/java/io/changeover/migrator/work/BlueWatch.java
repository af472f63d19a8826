package io.changeover.migrator.work;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.HttpReader;
import io.changeover.migrator.observe.Reading;
import io.changeover.worker.Alarms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again at blue nodes that were stopped. One that answers is a loud event:
/// somebody has started an old Kong on a schema that may be finished. It is counted and logged in
/// every round, and told to the planner when it begins, after a restart of this worker, and once an
/// hour while it lasts, so that it stands in the upgrade's journal. What is watched stands in the
/// state folder, so that a restart goes on with it.
@Singleton
public class BlueWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BlueWatch.class);

  /// In the place of a phase.
  static final String WATCH = "blue-watch";

  private static final Duration TELL_AGAIN = Duration.ofHours(1);

  private final Map<String, StoppedBlue> stopped = new ConcurrentHashMap<>();
  private final Map<String, Instant> told = new ConcurrentHashMap<>();
  private final HttpReader http;
  private final MeterRegistry meters;
  private final Alarms alarms;
  private final Path folder;

  BlueWatch(MigratorSettings settings, MeterRegistry meters, Alarms alarms) {
    this.alarms = alarms;
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
          tell(one, node);
        } else {
          told.remove(key(one, node));
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

  private void tell(StoppedBlue one, StoppedBlue.Address node) {
    String key = key(one, node);
    Instant now = Instant.now();
    Instant before = told.get(key);
    if (before != null && before.plus(TELL_AGAIN).isAfter(now)) {
      return;
    }
    told.put(key, now);
    alarms
        .raise(one.upgrade(), one.cluster(), WATCH, finding(node))
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                told.remove(key);
              }
            });
  }

  private static String key(StoppedBlue one, StoppedBlue.Address node) {
    return one.cluster() + "/" + node.name();
  }

  private static Finding finding(StoppedBlue.Address node) {
    return Finding.newBuilder()
        .setSeverity(Severity.BLOCKER)
        .setCode("blue.answers")
        .setMessage(
            "The blue node "
                + node.name()
                + ", which was stopped, answers again: stop it, an old Kong must not run on this"
                + " schema")
        .setEvidence("its Admin API or its proxy answered")
        .setRemedy("See what starts it.")
        .build();
  }

  private Counter answers(String cluster) {
    return Counter.builder("changeover.blue.answers")
        .description("Times that a stopped blue node was seen to answer")
        .tag("cluster", cluster)
        .register(meters);
  }
}
