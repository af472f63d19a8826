package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.Journal;
import io.changeover.cli.client.JournalProof;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.RequestSender;
import io.changeover.cli.client.Timeline;
import io.changeover.cli.demo.RollbackIT.Abort;
import io.changeover.cli.suite.Deployment;
import io.changeover.cli.suite.Home;
import io.changeover.cli.suite.Parts;
import io.changeover.cli.suite.Suite;
import io.changeover.inventory.Inventory;
import io.changeover.messages.AbortUpgrade;
import io.changeover.messages.RetryPhase;
import io.changeover.sandbox.load.LoadReport;
import io.changeover.schemas.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/// A cluster under load with a whole suite beside it, and a gate before every phase, so that a test
/// can be sure where an upgrade stands.
final class LiveCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long ENOUGH_REQUESTS = 50;

  private final Deployment deployment;
  private final Topology place;
  private final DemoCluster cluster;
  private final Load load;
  private final KongStore.Digests digests;
  private final Map<String, String> before;

  private LiveCluster(Deployment deployment, Topology place, DemoCluster cluster, Load load) {
    this.deployment = deployment;
    this.place = place;
    this.cluster = cluster;
    this.load = load;
    this.digests = place.store().digests();
    this.before = digests.now();
  }

  static LiveCluster start(Path folder, boolean builtInRouter) throws Exception {
    Deployment deployment = Deployment.open(folder.resolve("suite"), LiveCluster::say);
    try {
      deployment.startGround(null, null);
      Topology place = Topology.choose(folder, deployment.postgresPort());
      deployment.startServices(
          inventory(folder, place),
          Map.of(
              "KONG_PG_PASSWORD",
              Topology.PASSWORD,
              "JAVA_HOME",
              Objects.requireNonNull(System.getProperty("java.home"))));
      return start(deployment, place, builtInRouter);
    } catch (Exception | AssertionError e) {
      deployment.close();
      throw e;
    }
  }

  private static LiveCluster start(Deployment deployment, Topology place, boolean builtInRouter)
      throws Exception {
    Suite suite = deployment.suite();
    Parts parts = deployment.parts();
    Path logs = place.folder().resolve("suite").resolve("logs");
    DemoCluster cluster = DemoCluster.open(place, Home.find(), logs, suite, parts);
    try {
      cluster.bootstrap();
      cluster.startBlue();
      cluster.startRouter(suite, parts, builtInRouter);
      deployment.awaitServices();
      suite.await(PATIENCE, Parts.UPSTREAM, Parts.ROUTER);
      long seed = cluster.plan().seed();
      Load load = Load.start(suite, parts, Parts.LOAD, place.proxyPort(), seed);
      return new LiveCluster(deployment, place, cluster, load);
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static Path inventory(Path folder, Topology place) throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    String text =
        InventoryFile.text(place, place.store().inventory(), Home.find()::standIn, "", SILENCE);
    String gates =
        KillPlan.PHASES.stream()
            .filter(phase -> !phase.equals("migrate-finish"))
            .map("{name: before-%1$s, before: %1$s, deadline: 10m}, "::formatted)
            .collect(Collectors.joining("", "gates: [", ""));
    assertThat(text).containsOnlyOnce("gates: [");
    Files.writeString(inventory.resolve("demo.yaml"), text.replace("gates: [", gates));
    Inventory.load(inventory).orThrow();
    return inventory;
  }

  private static String gate(String phase) {
    return phase.equals("migrate-finish") ? "confirm" : "before-" + phase;
  }

  /// Starts an upgrade, aborts it there, and looks whether blue has everything again.
  void aborted(Abort abort) throws InterruptedException {
    String upgrade = begin();
    Timeline timeline =
        switch (abort) {
          case Abort.Before(String phase) -> abortWhen(upgrade, atGate(phase));
          case Abort.InPhase(String phase) -> abortWhen(upgrade, commanded(phase));
        };
    String where = abort + " of upgrade " + upgrade;
    assertThat(timeline.state())
        .as("%s: %s %s", where, timeline.hold(), timeline.refusals())
        .isEqualTo("ROLLED_BACK");
    List<String> forward =
        timeline.phases().stream()
            .map(Timeline.PhaseLine::name)
            .filter(KillPlan.PHASES::contains)
            .toList();
    int reached = KillPlan.PHASES.indexOf(abort.phase()) + (abort instanceof Abort.InPhase ? 1 : 0);
    assertThat(forward).as(where).isEqualTo(KillPlan.PHASES.subList(0, reached));
    blueIsBack(where);
    JournalProof proof = proof(upgrade);
    assertThat(proof.holds()).as("%s: %s", where, proof.evidence()).isTrue();
  }

  /// No gate opens from that moment on, so that the upgrade goes no further.
  private Timeline abortWhen(String upgrade, Predicate<Timeline> moment) {
    AtomicBoolean said = new AtomicBoolean();
    return follow(
        upgrade,
        timeline -> {
          if (!said.get() && moment.test(timeline)) {
            said.set(true);
            send(abort(upgrade));
          }
          return !said.get();
        },
        Timeline::ended);
  }

  private static Predicate<Timeline> commanded(String phase) {
    return timeline -> timeline.phases().stream().anyMatch(line -> line.name().equals(phase));
  }

  private void blueIsBack(String where) throws InterruptedException {
    assertThat(running(place.later())).as(where).isEmpty();
    assertThat(running(place.first())).as(where).containsExactly("blue-1", "blue-2");
    assertThat(digests.now()).as(where).isEqualTo(before);
    assertThat(new AdminProbe(place).check("blue", place.from())).as(where).matches(Check::holds);
    LoadReport from = load.report();
    LoadReport now = from;
    Instant deadline = Instant.now().plus(PATIENCE);
    while (served(now, place.from()) < served(from, place.from()) + ENOUGH_REQUESTS) {
      assertThat(Instant.now()).as("blue answers again after " + where).isBefore(deadline);
      Thread.sleep(POLL);
      now = load.report();
    }
    assertThat(served(now, place.to())).as(where).isEqualTo(served(from, place.to()));
    assertThat(now.failed()).as("%s: %s", where, now.failures()).isZero();
  }

  private static long served(LoadReport report, String version) {
    return report.servedBy().getOrDefault(version, 0L);
  }

  private static List<String> running(List<NodePlace> nodes) {
    return nodes.stream()
        .filter(node -> StandIn.process(node.prefix()).isPresent())
        .map(NodePlace::name)
        .toList();
  }

  /// Ends the load and judges it.
  void nothingWasLost() throws InterruptedException {
    LoadReport sent = load.stop();
    assertThat(Verdict.answered(sent, load.startedAt())).matches(Check::holds);
    assertThat(Verdict.flowed(sent)).matches(Check::holds);
  }

  /// An upgrade whose last phase cannot be proved waits; an abort changes nothing; the phase is
  /// tried again once a person has mended the cause.
  void holdsAfterThePointOfNoReturn() throws InterruptedException {
    String upgrade = begin();
    follow(upgrade, atGate("verify").negate(), atGate("verify"));
    nothingWasLost();
    NodePlace lost = place.later().getLast();
    StandIn.end(List.of(lost.prefix()));
    Timeline held = follow(upgrade, timeline -> timeline.hold().isPresent());
    assertThat(held.hold().orElseThrow().getAt()).isEqualTo("verify");

    send(abort(upgrade));
    Timeline refused = follow(upgrade, timeline -> !timeline.refusals().isEmpty());
    assertThat(refused.state()).isEqualTo("HELD");

    startAgain(lost);
    send(
        RetryPhase.newBuilder()
            .setId(Ids.next())
            .setCluster(Topology.CLUSTER)
            .setUpgrade(upgrade)
            .setBy(Asked.BY)
            .build());
    Timeline ended = follow(upgrade, Timeline::ended);
    assertThat(ended.state()).as("%s", ended.hold()).isEqualTo("FINISHED");
    assertThat(cluster.migrationsListed()).matches(Check::holds);
    JournalProof proof = proof(upgrade);
    assertThat(proof.holds()).as(proof.evidence()).isTrue();
  }

  private void startAgain(NodePlace green) throws InterruptedException {
    Map<String, String> environment =
        new HashMap<>(place.store().environment(KongStore.User.GREEN));
    environment.putAll(green.environment());
    new StandIn(Home.find(), place.folder())
        .mustSucceed(
            "start-again", green.version(), environment, "start", "-p", green.prefix().toString());
  }

  private static Predicate<Timeline> atGate(String phase) {
    return timeline -> timeline.openGate().filter(gate(phase)::equals).isPresent();
  }

  private String begin() {
    String upgrade = Ids.next();
    send(Asked.start(place, upgrade));
    return upgrade;
  }

  private static AbortUpgrade abort(String upgrade) {
    return AbortUpgrade.newBuilder()
        .setId(upgrade + "/abort")
        .setCluster(Topology.CLUSTER)
        .setUpgrade(upgrade)
        .setBy(Asked.BY)
        .build();
  }

  private void send(SpecificRecord request) {
    new RequestSender(KafkaAccess.of(deployment.kafka())).send(request, RequestSender.Format.AVRO);
  }

  private JournalProof proof(String upgrade) {
    return JournalProof.of(
        KafkaAccess.of(deployment.kafka()), upgrade, deployment.postgres() + "?user=postgres");
  }

  private Timeline follow(String upgrade, Predicate<Timeline> enough) {
    return follow(upgrade, timeline -> true, enough);
  }

  /// Reads the journal from its beginning until `enough`, saying yes at every gate that may open.
  private Timeline follow(String upgrade, Predicate<Timeline> mayOpen, Predicate<Timeline> enough) {
    Timeline timeline = new Timeline(upgrade);
    Set<String> opened = new HashSet<>();
    Instant deadline = Instant.now().plus(PATIENCE);
    new Journal(KafkaAccess.of(deployment.kafka()))
        .follow(
            true,
            line -> {
              if (line instanceof Journal.Line.Entry(var _, var entry, var _)
                  && entry.getUpgrade().equals(upgrade)) {
                timeline.add(entry);
              }
            },
            now -> {
              assertThat(now)
                  .as("%s %s %s", timeline.state(), timeline.hold(), timeline.phases())
                  .isBefore(deadline);
              if (mayOpen.test(timeline)) {
                timeline
                    .openGate()
                    .filter(opened::add)
                    .ifPresent(gate -> send(Asked.approval(upgrade, gate)));
              }
              return !enough.test(timeline);
            });
    return timeline;
  }

  @Override
  public void close() {
    deployment.suite().discard();
    cluster.close();
    deployment.close();
  }
}
