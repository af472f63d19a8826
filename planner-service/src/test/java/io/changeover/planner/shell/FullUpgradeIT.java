package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.changeover.messages.HookView;
import io.changeover.messages.InstallCluster;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.StartUpgrade;
import io.changeover.messages.VersionView;
import io.changeover.planner.core.ClusterSnapshot;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Ids;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullUpgradeIT {
  @TempDir static Path dir;
  static PlannerWorld world;
  static PlannerEngine planner;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
    planner = world.engine("full");
  }

  @AfterAll
  static void stop() {
    planner.close();
    world.close();
  }

  @Test
  void an_upgrade_goes_through_all_phases_and_finishes() {
    var upgrade = world.start(world.cluster());

    world.awaitStage(upgrade, "finished");

    assertThat(
            List.of(
                "preflight",
                "preflight-router",
                "backup",
                "fence-admin",
                "migrate-up",
                "start-green",
                "shift-50",
                "shift-100",
                "soak",
                "drain-blue",
                "stop-blue",
                "migrate-finish",
                "open-admin",
                "verify"))
        .allSatisfy(phase -> assertThat(world.workers.commanded(upgrade, phase)).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"copy, copy", "dump, import", "kong-yml, import"})
  void a_copy_goes_through_all_phases_of_its_way_and_finishes(String way, String fill) {
    var cluster = world.cluster();
    world.views.put(
        cluster, PlannerWorld.view(cluster).setProcedure("keyspace-copy").setCopyWay(way).build());
    var upgrade = world.start(cluster);
    if (way.equals("kong-yml")) {
      world.awaitStage(upgrade, "at-gate");
      assertThat(world.workers.commanded(upgrade, "export")).isFalse();
      world.approve(cluster, "accept-loss");
    }

    var stored = world.awaitStage(upgrade, "finished");

    assertThat(List.of("freeze-admin", "bootstrap", fill, "compare", "cut", "stop-blue", "verify"))
        .allSatisfy(phase -> assertThat(world.workers.commanded(upgrade, phase)).isTrue());
    assertThat(world.workers.deliveries().get(upgrade + "/" + fill + "/1"))
        .allSatisfy(command -> assertThat(((PhaseCommand) command).getWay()).isEqualTo(way))
        .isNotEmpty();
    assertThat(Replay.verify(new UpgradeId(upgrade), world.journal(upgrade), stored.data()))
        .isEmpty();
  }

  /// From 1.5 over 2.1 to 2.2, with the time without service accepted for the first hop.
  @Test
  void two_hops_are_one_upgrade_and_the_first_asks_for_its_gates() {
    var cluster = world.cluster();
    world.views.put(
        cluster,
        PlannerWorld.view(cluster)
            .setRules(ClusterSnapshot.RULES)
            .setServing("1.5.0.11")
            .setVersions(versions("enterprise", "1.5.0.11", "2.1.4", "2.2.2"))
            .build());
    var upgrade = Ids.next();
    world.send(
        StartUpgrade.newBuilder()
            .setId(upgrade)
            .setCluster(cluster)
            .setToVersion("2.2.2")
            .setAcceptDowntime(List.of("1.5-2.1"))
            .setBy("test")
            .build());
    world.awaitStage(upgrade, "at-gate");
    assertThat(world.workers.commanded(upgrade, "drain-blue")).isFalse();
    world.approve(cluster, "dev-portal");

    finished(upgrade);
    assertThat(commands(upgrade, "migrate-up")).hasSize(2);
    assertThat(commands(upgrade, "migrate-finish")).hasSize(2);
  }

  @Test
  void from_community_up_is_commanded_after_the_backup_and_then_comes_the_next_hop() {
    var cluster = world.cluster();
    var versions = new ArrayList<>(versions("community", "2.1.4"));
    versions.addAll(versions("enterprise", "2.1.4.0", "2.2.2"));
    world.views.put(
        cluster,
        PlannerWorld.view(cluster).setRules(ClusterSnapshot.RULES).setVersions(versions).build());
    var upgrade = world.start(cluster);

    finished(upgrade);
    assertThat(commands(upgrade, "backup")).hasSize(2);
  }

  @Test
  void in_a_hybrid_cluster_each_role_is_commanded_by_itself() {
    var cluster = world.cluster();
    world.views.put(
        cluster,
        PlannerWorld.view(cluster).setRules(ClusterSnapshot.RULES).setTopology("hybrid").build());
    var upgrade = world.start(cluster);

    finished(upgrade);
    assertThat(
            Stream.of(
                    "start-control-planes",
                    "start-data-planes",
                    "stop-data-planes",
                    "stop-control-planes")
                .flatMap(phase -> commands(upgrade, phase).stream())
                .map(PhaseCommand::getRole))
        .containsExactly("control-plane", "data-plane", "data-plane", "control-plane");
  }

  @Test
  void without_a_database_nothing_is_migrated() {
    var cluster = world.cluster();
    world.workers.script(cluster, command -> withSchema(command, "none"));
    world.views.put(
        cluster,
        PlannerWorld.view(cluster)
            .setRules(ClusterSnapshot.RULES)
            .setTopology("db-less")
            .setProcedure("db-less")
            .build());
    var upgrade = world.start(cluster);

    finished(upgrade);
    assertThat(world.workers.commanded(upgrade, "parse-config")).isTrue();
    assertThat(
            world.workers.deliveries().keySet().stream()
                .filter(id -> id.startsWith(upgrade))
                .filter(id -> id.contains("migrate") || id.contains("bootstrap")))
        .isEmpty();
  }

  @Test
  void an_install_bootstraps_and_starts() {
    var cluster = world.cluster();
    world.workers.script(cluster, command -> withSchema(command, "needs-bootstrap"));
    world.views.put(
        cluster, PlannerWorld.view(cluster).setRules(ClusterSnapshot.RULES).setServing("").build());
    var install = Ids.next();
    world.send(
        InstallCluster.newBuilder().setId(install).setCluster(cluster).setBy("test").build());

    finished(install);
    assertThat(commands(install, "bootstrap")).hasSize(1);
  }

  private static void finished(String upgrade) {
    var stored = world.awaitStage(upgrade, "finished");
    assertThat(Replay.verify(new UpgradeId(upgrade), world.journal(upgrade), stored.data()))
        .isEmpty();
  }

  /// Commands of a phase, or of an action in all hops.
  private static List<PhaseCommand> commands(String upgrade, String word) {
    return world.workers.deliveries().values().stream()
        .map(List::getFirst)
        .filter(PhaseCommand.class::isInstance)
        .map(PhaseCommand.class::cast)
        .filter(command -> command.getUpgrade().equals(upgrade))
        .filter(command -> List.of(command.getPhase(), command.getAction()).contains(word))
        .toList();
  }

  private static List<VersionView> versions(String edition, String... versions) {
    return Stream.of(versions)
        .map(
            version ->
                new VersionView(version, List.of("n"), null, null, edition, List.of(), List.of()))
        .toList();
  }

  /// Success, but preflight finds another schema.
  private static List<PhaseReport> withSchema(SpecificRecord command, String schema) {
    var report = ScriptedWorkers.completed(command);
    boolean asked =
        report.getPhase().equals("preflight")
            || (schema.equals("none") && report.getPhase().equals("verify"));
    if (!asked) {
      return List.of(report);
    }
    var facts = new HashMap<>(report.getFacts());
    facts.put(Facts.SCHEMA_STATE, schema);
    return List.of(PhaseReport.newBuilder(report).setFacts(facts).build());
  }

  /// The planner's own requests, answered by a program that is not ours: with kcat and jq.
  @Test
  void nodes_are_provisioned_and_a_hook_is_done_by_the_sample_of_a_runbook_worker(
      @TempDir Path programs) throws Exception {
    needs("kcat");
    needs("jq");
    var cluster = world.cluster();
    world.views.put(
        cluster,
        PlannerWorld.view(cluster)
            .setVersions(
                List.of(
                    version("2.1.4", "blue-1").build(),
                    version("2.2.2", "green-1").setProvision("provision-nodes").build()))
            .setHooks(List.of(new HookView("tell-desk", "shift-50", 60_000L)))
            .build());
    world.workers.script(
        cluster,
        command ->
            command instanceof RunbookRequested
                ? List.of()
                : List.of(ScriptedWorkers.completed(command)));
    var provision = sample(programs, "provision-nodes", "nodes.running=2 nodes.healthy=2");
    var tell = sample(programs, "tell-desk", "told");
    try {
      var upgrade = world.start(cluster);
      var stored = world.awaitStage(upgrade, "finished");

      assertThat(completedBy(upgrade, "runbook/provision-nodes@")).containsExactly("start-green");
      assertThat(completedBy(upgrade, "runbook/tell-desk@"))
          .singleElement()
          .asString()
          .contains("tell-desk");
      assertThat(facts(upgrade, "start-green")).containsEntry("nodes.healthy", "2");
      assertThat(Replay.verify(new UpgradeId(upgrade), world.journal(upgrade), stored.data()))
          .isEmpty();
    } finally {
      end(provision);
      end(tell);
    }
  }

  private static VersionView.Builder version(String version, String node) {
    return VersionView.newBuilder().setVersion(version).setNodes(List.of(node));
  }

  private static void needs(String program) {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (System.getenv("CI") == null) {
      assumeTrue(there, program + " is not on this machine");
    }
    assertThat(there).as("%s on this machine, as CI has it", program).isTrue();
  }

  private static Process sample(Path folder, String runbook, String words) throws IOException {
    Path program = Files.writeString(folder.resolve(runbook), "#!/bin/sh\necho " + words + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    var builder =
        new ProcessBuilder(
                Path.of("../examples/runbooks/provision-nodes.sh").toAbsolutePath().toString(),
                runbook,
                program.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(runbook + ".log").toFile());
    builder.environment().put("BROKER", world.bootstrapServers());
    builder.environment().put("ONCE", "1");
    return builder.start();
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static List<String> completedBy(String upgrade, String worker) {
    return reports(upgrade)
        .filter(report -> report.getWorker().startsWith(worker))
        .map(PhaseReport::getPhase)
        .toList();
  }

  private static Map<String, String> facts(String upgrade, String phase) {
    return reports(upgrade)
        .filter(report -> report.getPhase().equals(phase))
        .map(PhaseReport::getFacts)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<PhaseReport> reports(String upgrade) {
    return world.journal(upgrade).stream()
        .map(bytes -> PlannerWorld.entry(bytes).getInput())
        .filter(input -> input.getKind().equals("report"))
        .map(input -> (PhaseReport) PlannerWorld.decoded(input.getMessage().array()))
        .filter(report -> report.getKind() == ReportKind.COMPLETED);
  }

  @Test
  void the_journal_on_the_topic_is_the_one_in_the_database_and_folds_to_the_stored_state() {
    var upgrade = world.start(world.cluster());
    var stored = world.awaitStage(upgrade, "finished");
    world.awaitPublished();

    var entries = world.journal(upgrade);
    assertThat(entries).hasSize((int) stored.version());
    assertThat(world.published(upgrade)).containsExactlyElementsOf(entries);
    assertThat(entries.stream().map(bytes -> PlannerWorld.entry(bytes).getSeq()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, stored.version()).boxed().toList());
    assertThat(Replay.verify(new UpgradeId(upgrade), entries, stored.data())).isEmpty();
  }
}
