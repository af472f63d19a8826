package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.changeover.messages.HookView;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.VersionView;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
