package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.GateView;
import io.changeover.messages.PhaseCommand;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.schemas.Ids;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersIT {
  @TempDir static Path dir;
  static PlannerWorld world;
  static PlannerEngine planner;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
    planner = world.engine("timers");
  }

  @AfterAll
  static void stop() {
    planner.close();
    world.close();
  }

  @Test
  void an_attempt_that_falls_silent_is_commanded_again_with_the_next_number() {
    var cluster = world.cluster();
    world.views.put(
        cluster,
        PlannerWorld.view(cluster)
            .setHeartbeatMillis(100)
            .setHeartbeatTimeoutMillis(1_000)
            .setBackoffMillis(100)
            .build());
    world.workers.script(
        cluster,
        command ->
            command instanceof PhaseCommand phase
                    && phase.getPhase().equals("migrate-up")
                    && phase.getAttempt() == 1
                ? List.of()
                : List.of(ScriptedWorkers.completed(command)));

    var upgrade = world.start(cluster);
    var stored = world.awaitStage(upgrade, "finished");

    assertThat(world.workers.deliveries().keySet())
        .contains(upgrade + "/migrate-up/1", upgrade + "/migrate-up/2")
        .doesNotContain(upgrade + "/migrate-up/3");
    assertThat(kinds(upgrade)).contains("timer");
    assertThat(Replay.verify(new UpgradeId(upgrade), world.journal(upgrade), stored.data()))
        .isEmpty();
  }

  @Test
  void a_gate_that_nobody_answers_in_time_holds_the_upgrade() {
    var cluster = world.cluster();
    gated(cluster, 500L);

    var upgrade = world.start(cluster);

    assertThat(world.awaitStage(upgrade, "held").due()).isNull();
  }

  @Test
  void a_gate_that_is_answered_lets_the_upgrade_go_on() {
    var cluster = world.cluster();
    gated(cluster, 600_000L);
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "at-gate");
    assertThat(world.workers.commanded(upgrade, "migrate-finish")).isFalse();

    world.send(
        AnswerGate.newBuilder()
            .setId(Ids.next())
            .setCluster(cluster)
            .setGate("confirm")
            .setBy("test")
            .build());

    world.awaitStage(upgrade, "finished");
  }

  @Test
  void a_stored_due_time_that_is_too_early_is_moved_and_not_journalled() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var upgrade = world.start(cluster);
    var before = world.awaitStage(upgrade, "advancing");

    world.sql("UPDATE state SET due = now() - interval '1 minute' WHERE id = ?", upgrade);

    var after =
        Eventually.until(
                () -> world.upgrade(upgrade),
                found -> dueAfter(found.orElseThrow(), before.changedAt()),
                () -> "expected a due time to come")
            .orElseThrow();
    assertThat(after.version()).isEqualTo(before.version());
  }

  @Test
  void an_upgrade_that_cannot_be_written_stops_no_timer_of_another() {
    var broken = world.cluster();
    world.workers.script(broken, _ -> List.of());
    var stuck = world.start(broken);
    long version = world.awaitStage(stuck, "advancing").version();
    world.sql(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''no room for this one''; END'""");
    world.sql(
        "CREATE TRIGGER refuse BEFORE UPDATE ON state FOR EACH ROW WHEN (OLD.id = '%s' AND OLD.due <= now()) EXECUTE PROCEDURE refuse()"
            .formatted(stuck));
    world.sql("ALTER TABLE state DISABLE TRIGGER refuse");
    world.sql("UPDATE state SET due = now() - interval '1 hour' WHERE id = ?", stuck);
    world.sql("ALTER TABLE state ENABLE TRIGGER refuse");
    var cluster = world.cluster();
    gated(cluster, 500L);

    world.awaitStage(world.start(cluster), "held");

    assertThat(world.upgrade(stuck).orElseThrow().version()).isEqualTo(version);
    assertThat(planner.failure()).isNull();
    world.sql("DROP TRIGGER refuse ON state");
    Eventually.until(
        () -> dueAfter(world.upgrade(stuck).orElseThrow(), Instant.now()),
        "expected upgrade %s to be looked at again".formatted(stuck));
  }

  private static boolean dueAfter(StoredUpgrade upgrade, Instant time) {
    Instant due = upgrade.due();
    return due != null && due.isAfter(time);
  }

  private static void gated(String cluster, long deadlineMillis) {
    world.views.put(
        cluster,
        PlannerWorld.view(cluster)
            .setGates(List.of(new GateView("confirm", "migrate-finish", deadlineMillis)))
            .build());
  }

  private static List<String> kinds(String upgrade) {
    return world.journal(upgrade).stream()
        .map(bytes -> PlannerWorld.entry(bytes).getInput().getKind())
        .toList();
  }
}
