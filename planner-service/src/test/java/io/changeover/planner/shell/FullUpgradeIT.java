package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.PhaseCommand;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
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
