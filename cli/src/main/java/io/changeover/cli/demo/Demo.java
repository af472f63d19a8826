package io.changeover.cli.demo;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.JournalProof;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.RequestSender.Format;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Folders;
import io.changeover.cli.suite.Home;
import io.changeover.cli.suite.Parts;
import io.changeover.cli.suite.Suite;
import io.changeover.messages.AnswerGate;
import io.changeover.sandbox.load.LoadProfile;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Builds a cluster under load and a suite, upgrades the cluster through Kafka, and judges the end.
public final class Demo implements AutoCloseable {
  private static final Duration SERVES = Duration.ofMinutes(1);
  private static final Duration SETTLE = Duration.ofMillis(1500);
  static final String BY = "demo";

  private final Setting setting;
  private final Staging staging;
  private final Screen screen = Screen.ofTerminal();
  private final Home home = Home.find();
  private final Path folder = DemoFolder.create();
  private final Deployment deployment = Deployment.open(DemoFolder.suite(folder), screen::say);
  private @Nullable Topology place;
  private @Nullable DemoCluster cluster;
  private @Nullable Load load;
  private final Instant begun = Instant.now();
  private boolean closed;

  /// What makes one run differ from another.
  ///
  /// @param scenario what kind of cluster it is
  /// @param builtInRouter whether HAProxy is passed over
  /// @param heartbeatTimeout how long a worker may be silent before the planner sends the next
  ///   attempt
  /// @param longest how long the upgrade may take
  /// @param way how a new keyspace is filled, where there is one
  /// @param observer sees the upgrade after every poll of the journal
  public record Setting(
      Scenario scenario,
      Injection injection,
      boolean builtInRouter,
      Duration heartbeatTimeout,
      Duration longest,
      CopyWay way,
      BiConsumer<Timeline, Suite> observer) {
    /// A run that copies where a keyspace is filled.
    public Setting(
        Scenario scenario,
        Injection injection,
        boolean builtInRouter,
        Duration heartbeatTimeout,
        Duration longest,
        BiConsumer<Timeline, Suite> observer) {
      this(scenario, injection, builtInRouter, heartbeatTimeout, longest, CopyWay.COPY, observer);
    }

    /// A run on PostgreSQL.
    public Setting(
        Injection injection,
        boolean builtInRouter,
        Duration heartbeatTimeout,
        Duration longest,
        BiConsumer<Timeline, Suite> observer) {
      this(Scenario.POSTGRES, injection, builtInRouter, heartbeatTimeout, longest, observer);
    }

    /// A run that is only looked at.
    public static Setting of(Scenario scenario, Injection injection, boolean builtInRouter) {
      return of(scenario, CopyWay.COPY, injection, builtInRouter);
    }

    /// One that fills a new keyspace in some way.
    public static Setting of(
        Scenario scenario, CopyWay way, Injection injection, boolean builtInRouter) {
      return new Setting(
          scenario,
          injection,
          builtInRouter,
          Duration.ofSeconds(20),
          scenario.staging(way).longest(),
          way,
          (timeline, suite) -> timeline.entries());
    }
  }

  /// Starts nothing yet.
  public Demo(Setting setting) {
    this.setting = setting;
    this.staging = setting.scenario().staging(setting.way());
  }

  /// From nothing to the end.
  ///
  /// @param report where to write the facts
  /// @return whether all that must hold does
  public boolean run(Optional<Path> report) throws InterruptedException {
    DemoReport.Facts facts = judge();
    report.ifPresent(file -> DemoReport.write(file, facts));
    return facts.holds();
  }

  /// From nothing to the end.
  public DemoReport.Facts judge() throws InterruptedException {
    screen.say(staging.ground() + " start (a stand-in for Kong follows, and says so everywhere)");
    Topology chosen = staging.build(deployment, folder);
    place = chosen;
    DemoCluster built = startAll(chosen);
    KongStore.Digests digests = chosen.store().digests();
    Map<String, String> before = digests.now();
    Watch watch = staging.watch(chosen);

    Timeline timeline = upgrade(chosen, watch);
    Thread.sleep(SETTLE);
    Check journal = journalCheck(timeline);
    Verdict verdict = new Verdict(staging, new Ended(chosen, built, timeline, watch));
    List<Check> checks =
        switch (setting.injection()) {
          case NONE -> verdict.finished(load(), journal);
          case GREEN_ERRORS ->
              verdict.rolledBack(load().orElseThrow(), before, digests.now(), journal);
        };
    Duration total = Duration.between(begun, Instant.now());
    screen.endStatus();
    screen.print(DemoTable.of(timeline, total, checks, staging.notApplicable()));
    return new DemoReport.Facts(
        setting.scenario().word(),
        timeline,
        load().map(Load::report),
        Verdict.breachToZero(timeline),
        journal.holds(),
        total,
        checks,
        staging.notApplicable());
  }

  /// Puts the logs where they outlive the demo, for whoever asks what went wrong.
  ///
  /// @return where they are now
  public Path keepLogs() {
    Path kept = home.archives().resolveSibling("last-demo-logs");
    DemoFolder.copyLogs(folder, kept);
    return kept;
  }

  /// Where everything is, for whoever keeps it running.
  public List<String> describe() {
    return deployment.describe();
  }

  private DemoCluster startAll(Topology place) throws InterruptedException {
    Path logs = folder.resolve("suite").resolve("logs");
    DemoCluster built = DemoCluster.open(place, home, logs, deployment.suite(), deployment.parts());
    keep(built);
    Path inventory = writeInventory(place);
    screen.say("planner, migrator, traffic and exporter start; the cluster is made and seeded");
    deployment.startServices(
        inventory,
        Map.of(
            "KONG_PG_PASSWORD",
            Topology.PASSWORD,
            "JAVA_HOME",
            Objects.requireNonNull(System.getProperty("java.home"))));
    staging.begin(built);
    String router =
        built.startRouter(deployment.suite(), deployment.parts(), setting.builtInRouter());
    screen.say(
        staging.serves()
            ? "%d blue nodes (%s) serve behind %s"
                .formatted(place.first().size(), place.from(), router)
            : "nothing serves behind " + router);
    deployment.awaitServices();
    deployment.suite().await(SERVES, Parts.UPSTREAM);
    if (staging.serves()) {
      load = startLoad(Parts.LOAD, place, built);
      screen.say("%d requests/s flow".formatted(LoadProfile.RATE));
    }
    screen.say("%s is asked for".formatted(place.to()));
    return built;
  }

  private Optional<Load> load() {
    return Optional.ofNullable(load);
  }

  private Load startLoad(String name, Topology place, DemoCluster built)
      throws InterruptedException {
    return Load.start(
        deployment.suite(), deployment.parts(), name, place.proxyPort(), built.plan().seed());
  }

  /// Lets requests flow again, for whoever keeps it running.
  public void loadAgain() throws InterruptedException {
    if (staging.serves()) {
      startLoad(
          Parts.LOAD + "-kept", Objects.requireNonNull(place), Objects.requireNonNull(cluster));
    }
  }

  private synchronized void keep(DemoCluster built) {
    cluster = built;
  }

  private Path writeInventory(Topology place) {
    try {
      Path inventory = Files.createDirectories(folder.resolve("inventory"));
      Files.writeString(
          inventory.resolve("demo.yaml"),
          InventoryFile.text(
              place,
              staging.inventory(place),
              staging.commands(home, place),
              setting.injection().greenFaults(),
              setting.heartbeatTimeout()));
      return inventory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Timeline upgrade(Topology place, Watch watch) {
    RequestSender sender = new RequestSender(KafkaAccess.of(deployment.kafka()));
    String id = Ids.next();
    sender.send(staging.request(place, id), Format.AVRO);
    Timeline timeline = new Timeline(id);
    Story story = new Story(screen);
    Set<String> answered = new HashSet<>();
    Instant deadline = Instant.now().plus(setting.longest());
    new Journal(KafkaAccess.of(deployment.kafka()))
        .follow(
            true,
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)) {
                timeline.add(entry);
              }
            },
            now -> {
              Optional<LoadReport> seen = load().map(Load::report);
              story.tell(timeline, seen);
              watch.look(timeline, seen, now);
              setting.observer().accept(timeline, deployment.suite());
              timeline.openGate().ifPresent(gate -> answer(sender, timeline, gate, answered));
              return !timeline.ended() && timeline.hold().isEmpty() && now.isBefore(deadline);
            });
    return timeline;
  }

  /// Says yes once to each opening of a gate.
  private void answer(RequestSender sender, Timeline timeline, String gate, Set<String> answered) {
    if (!answered.add(gate + "/" + timeline.gatesOpened())) {
      return;
    }
    screen.say("the gate %s is open; the demo approves it by a message".formatted(gate));
    sender.send(
        AnswerGate.newBuilder()
            .setId(Ids.next())
            .setCluster(Topology.CLUSTER)
            .setUpgrade(timeline.upgrade())
            .setGate(gate)
            .setAnswer("APPROVED")
            .setBy(BY)
            .build(),
        Format.AVRO);
  }

  private Check journalCheck(Timeline timeline) {
    JournalProof proof =
        JournalProof.of(
            KafkaAccess.of(deployment.kafka()),
            timeline.upgrade(),
            deployment.postgres() + "?user=postgres");
    return new Check("the journal folds to the stored state", proof.holds(), proof.evidence());
  }

  /// Ends everything and removes the folder. Harmless when repeated.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    screen.endStatus();
    deployment.suite().discard();
    DemoCluster built = cluster;
    if (built != null) {
      built.close();
    }
    deployment.close();
    DemoFolder.endAll(folder);
    Folders.delete(folder);
  }
}
