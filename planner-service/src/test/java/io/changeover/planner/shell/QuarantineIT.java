package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.PauseUpgrade;
import io.changeover.schemas.Ids;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineIT {
  @TempDir static Path dir;
  static PlannerWorld world;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void an_upgrade_whose_state_does_not_read_is_set_aside_and_the_others_of_its_batch_go_on() {
    var broken = world.cluster();
    world.workers.script(broken, _ -> List.of());
    String poisoned;
    try (var planner = world.engine("quarantine")) {
      poisoned = world.start(broken);
      world.awaitStage(poisoned, "advancing");
      assertThat(planner.failure()).isNull();
    }
    world.sql("UPDATE state SET data = 'rubbish'::bytea WHERE id = ?", poisoned);
    pause(broken);
    var sound = world.start(world.cluster());
    pause(broken);

    try (var planner = world.engine("quarantine")) {
      world.awaitStage(sound, "finished");
      var rejected = world.awaitRejected(broken, 2);

      assertThat(rejected)
          .allSatisfy(one -> assertThat(one.getReason()).contains(poisoned, "UnreadableRecord"));
      var stored = world.upgrade(poisoned).orElseThrow();
      assertThat(stored.quarantine()).contains("UnreadableRecord");
      assertThat(stored.counted()).isFalse();
      assertThat(stored.due()).isNull();
      assertThat(world.journal(poisoned)).hasSize((int) stored.version());
      Eventually.until(
          () -> world.registry.get("changeover.quarantined.upgrades").gauge().value() >= 1.0,
          "expected the alarm metric above 0");
      assertThat(planner.failure()).isNull();
    }
  }

  @Test
  void a_timer_of_an_upgrade_that_does_not_read_sets_it_aside() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    try (var planner = world.engine("quarantine")) {
      var upgrade = world.start(cluster);
      world.awaitStage(upgrade, "advancing");

      world.sql(
          "UPDATE state SET data = 'rubbish'::bytea, due = now() - interval '1s' WHERE id = ?",
          upgrade);

      Eventually.until(
          () -> world.upgrade(upgrade).orElseThrow().quarantine() != null,
          "expected upgrade %s in quarantine".formatted(upgrade));
      assertThat(planner.failure()).isNull();
    }
  }

  /// What docs/runbooks.md says under "Take an upgrade out of quarantine".
  @Test
  void an_upgrade_that_was_set_aside_goes_on_once_its_cause_is_gone() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    try (var planner = world.engine("quarantine")) {
      var upgrade = world.start(cluster);
      world.awaitStage(upgrade, "advancing");
      world.sql("CREATE TABLE kept AS SELECT id, data FROM state WHERE id = ?", upgrade);
      world.sql("UPDATE state SET data = 'rubbish'::bytea, due = now() WHERE id = ?", upgrade);
      Eventually.until(
          () -> world.upgrade(upgrade).orElseThrow().quarantine() != null,
          "expected upgrade %s in quarantine".formatted(upgrade));
      long version = world.upgrade(upgrade).orElseThrow().version();

      world.sql(
          "UPDATE state SET data = (SELECT data FROM kept WHERE kept.id = state.id) WHERE id = ?",
          upgrade);
      world.sql(
          "UPDATE state SET quarantine = NULL, counted = true, due = now() WHERE id = ?", upgrade);
      pause(cluster);

      Eventually.until(
          () -> world.upgrade(upgrade).orElseThrow().version() > version,
          "expected upgrade %s to decide again".formatted(upgrade));
      assertThat(world.upgrade(upgrade).orElseThrow().quarantine()).isNull();
      assertThat(planner.failure()).isNull();
    }
  }

  private static void pause(String cluster) {
    world.send(
        PauseUpgrade.newBuilder().setId(Ids.next()).setCluster(cluster).setBy("test").build());
  }
}
