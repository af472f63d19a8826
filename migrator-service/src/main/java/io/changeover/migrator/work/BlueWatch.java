package io.changeover.migrator.work;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Node;
import io.changeover.messages.Finding;
import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.HttpReader;
import io.changeover.migrator.observe.AdminRoot;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Reading;
import io.changeover.worker.Alarms;
import io.changeover.worker.Found;
import io.changeover.worker.Inventories;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again at blue nodes that were stopped, those of every hop. One that answers is a
/// loud event: somebody has started an old Kong on a schema that may be finished. It is counted and
/// logged in every round, and told to the planner when it begins, after a restart of this worker,
/// and once an hour while it lasts, so that it stands in the journal of the upgrade that stopped
/// it.
///
/// A node is watched until a node is started at one of its addresses by a command: itself by a
/// rollback, or one of another version that got its place. What another release or edition answers
/// there, or what the inventory no longer names, is not it. What is watched stands in the state
/// folder, so that a restart goes on with it.
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
  private final Function<String, Optional<Cluster>> inventory;

  @Inject
  BlueWatch(
      MigratorSettings settings, MeterRegistry meters, Alarms alarms, Inventories inventories) {
    this(settings, meters, alarms, name -> inventories.current().cluster(name));
  }

  /// @param inventory what it says now of a cluster of this name; empty while that can't be read
  BlueWatch(
      MigratorSettings settings,
      MeterRegistry meters,
      Alarms alarms,
      Function<String, Optional<Cluster>> inventory) {
    this.alarms = alarms;
    this.http = new HttpReader(settings.http());
    this.meters = meters;
    this.folder = settings.state();
    this.inventory = inventory;
    StoppedBlue.readAll(folder).forEach(one -> stopped.put(one.cluster(), one));
  }

  /// These nodes of blue are down. Where one of green's has the place of one, it is not watched.
  void begin(Subject subject, List<Node> down) {
    answers(subject.cluster().name());
    change(subject, watched -> watched.with(subject, down).without(subject.green().nodes()));
  }

  /// These nodes may answer from now on.
  void end(Subject subject, List<Node> wanted) {
    change(subject, watched -> watched.without(wanted));
  }

  private void change(Subject subject, UnaryOperator<StoppedBlue> how) {
    stopped.compute(
        subject.cluster().name(),
        (name, before) -> {
          StoppedBlue after = how.apply(before == null ? StoppedBlue.none(name) : before);
          note(subject, after);
          return after;
        });
  }

  private void note(Subject subject, StoppedBlue watched) {
    try {
      watched.write(folder);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("upgrade", subject.command().getUpgrade())
          .addKeyValue("cluster", watched.cluster())
          .log(
              "A restart of this worker forgets which stopped blue nodes it watches: {} can't be"
                  + " written: {}",
              folder,
              e.getMessage());
    }
  }

  /// One round.
  @Scheduled(fixedDelay = "${changeover.migrator.blue-watch:15s}", initialDelay = "15s")
  void look() throws InterruptedException {
    try (Together together = new Together()) {
      List<Future<Boolean>> rounds = new ArrayList<>();
      for (StoppedBlue one : stopped.values()) {
        named(one).forEach(node -> rounds.add(together.ask(() -> look(one, node))));
      }
      for (Future<Boolean> round : rounds) {
        boolean _ = Together.answer(round);
      }
    }
  }

  private Stream<StoppedBlue.Address> named(StoppedBlue one) {
    Optional<Cluster> now = inventory.apply(one.cluster());
    return one.nodes().stream().filter(node -> now.map(node::namedBy).orElse(true));
  }

  /// @return whether it answers
  private boolean look(StoppedBlue one, StoppedBlue.Address node) throws InterruptedException {
    boolean answers = answers(node);
    if (answers) {
      shout(one, node);
      tell(one, node);
    } else {
      told.remove(key(one, node));
    }
    return answers;
  }

  /// What an address leaves open, the other may tell.
  private boolean answers(StoppedBlue.Address node) throws InterruptedException {
    Set<Build.Fit> fits = EnumSet.noneOf(Build.Fit.class);
    Reading root = http.get(node.admin(), "/", Map.of());
    fit(node, root, AdminRoot.of(root).flatMap(AdminRoot::build)).ifPresent(fits::add);
    fit(node, http.get(node.proxy(), "/", Map.of()), Optional.empty()).ifPresent(fits::add);
    return fits.contains(Build.Fit.SAME)
        || (fits.contains(Build.Fit.UNTOLD) && !fits.contains(Build.Fit.OTHER));
  }

  /// @param document what the Admin API's document tells of a build
  /// @return empty where nothing answers
  private static Optional<Build.Fit> fit(
      StoppedBlue.Address node, Reading reading, Optional<Build> document) {
    if (!(reading instanceof Reading.Answered(_, Optional<Build> header, _))) {
      return Optional.empty();
    }
    List<Build> told = Stream.concat(header.stream(), document.stream()).toList();
    if (told.stream().anyMatch(node::isNot)) {
      return Optional.of(Build.Fit.OTHER);
    }
    return Optional.of(told.isEmpty() ? Build.Fit.UNTOLD : Build.Fit.SAME);
  }

  private void shout(StoppedBlue one, StoppedBlue.Address node) {
    answers(one.cluster()).increment();
    LOG.atError()
        .addKeyValue("upgrade", node.upgrade())
        .addKeyValue("cluster", one.cluster())
        .addKeyValue("attempt", node.attempt())
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
        .raise(node.upgrade(), one.cluster(), WATCH, finding(node))
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
    return Found.blocker(
        "blue.answers",
        "The blue node "
            + node.name()
            + " of "
            + node.version()
            + ", which was stopped, answers again: stop it, an old Kong must not run on this"
            + " schema",
        "its Admin API or its proxy answered",
        "See what starts it. Where its address is somebody else's by now, take the node out of the"
            + " inventory.");
  }

  private Counter answers(String cluster) {
    return Counter.builder("changeover.blue.answers")
        .description("Times that a stopped blue node was seen to answer")
        .tag("cluster", cluster)
        .register(meters);
  }
}
