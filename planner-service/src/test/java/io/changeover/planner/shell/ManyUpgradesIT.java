package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Failure;
import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.ReportKind;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import io.changeover.planner.port.Seams;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyUpgradesIT {
  private static final int UPGRADES = 50;
  private static final int PLACES = 10;

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
  void two_planners_run_fifty_upgrades_and_never_more_than_max_in_flight_at_once() {
    var silent = world.cluster();
    world.workers.script(silent, _ -> List.of());
    var failing = world.cluster();
    world.workers.script(failing, command -> List.of(fatal((PhaseCommand) command)));
    var slow = world.start(silent);
    var held = world.start(failing);
    var upgrades = Stream.generate(() -> world.start(world.cluster())).limit(UPGRADES).toList();
    var most = new AtomicInteger();

    try (var one = world.engine(limited("one"), Seams.NONE);
        var two = world.engine(limited("two"), Seams.NONE)) {
      Eventually.until(
          () -> finished(upgrades, most),
          count -> count == UPGRADES,
          () -> "expected %d finished upgrades".formatted(UPGRADES));
      world.awaitStage(held, "held");
      world.awaitStage(slow, "advancing");
      assertThat(one.failure()).isNull();
      assertThat(two.failure()).isNull();
    }

    assertThat(most.get()).isBetween(2, PLACES);
    assertThat(upgrades)
        .allSatisfy(
            upgrade ->
                assertThat(
                        Replay.verify(
                            new UpgradeId(upgrade),
                            world.journal(upgrade),
                            world.upgrade(upgrade).orElseThrow().data()))
                    .isEmpty());
  }

  private static PlannerSettings limited(String instance) {
    return PlannerWorld.limited(world.settings(instance), PLACES);
  }

  private static long finished(List<String> upgrades, AtomicInteger most) {
    return new JdbcLedger(world.pool)
        .transact(
            transaction -> {
              int counted = transaction.counted();
              most.accumulateAndGet(counted, Math::max);
              return transaction.upgrades(upgrades).stream()
                  .filter(upgrade -> upgrade.stage().equals("finished"))
                  .count();
            });
  }

  private static io.changeover.messages.PhaseReport fatal(PhaseCommand command) {
    return ScriptedWorkers.report(
            command.getId(),
            command.getUpgrade(),
            command.getCluster(),
            command.getPhase(),
            command.getAttempt(),
            ReportKind.FAILED)
        .setFailure(new Failure(FailureKind.FATAL, "no", "yes", "say yes"))
        .build();
  }
}
