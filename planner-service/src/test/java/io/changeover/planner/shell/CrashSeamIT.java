package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.journal.Replay;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The planner dies at each seam, again and again, and is started again each time.
class CrashSeamIT {
  private static final int CRASHES = 4;

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

  /// What a test throws to kill a thread: no handler may swallow it.
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(Seam seam) {
      super("crash at " + seam);
    }
  }

  @ParameterizedTest
  @EnumSource(Seam.class)
  void a_crash_at_a_seam_leaves_the_same_state_and_the_same_journal(Seam seam) {
    var upgrade = world.start(world.cluster());
    for (int crash = 1; crash <= CRASHES; crash++) {
      crashOnce(seam, crash);
    }
    try (var planner = world.engine("crash")) {
      var stored = world.awaitStage(upgrade, "finished");
      world.awaitPublished();

      var entries = world.journal(upgrade);
      assertThat(entries.stream().map(bytes -> PlannerWorld.entry(bytes).getSeq()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, stored.version()).boxed().toList());
      assertThat(Replay.verify(new UpgradeId(upgrade), entries, stored.data())).isEmpty();
      assertThat(stored.version())
          .as("one entry per input: a start, an admission and a report per phase")
          .isEqualTo(2 + 14);
      assertThatNothingWasSentInTwoVersions(upgrade, entries);
      assertThat(planner.failure()).isNull();
    }
  }

  /// Runs a planner until it has died at its nth passage of the seam.
  private static void crashOnce(Seam seam, int passage) {
    var passages = new AtomicInteger();
    Seams seams =
        at -> {
          if (at == seam && passages.incrementAndGet() >= passage) {
            throw new Crash(at);
          }
        };
    try (var planner = world.engine(world.settings("crash"), seams)) {
      Eventually.until(() -> planner.failure() != null, "expected a crash at " + seam);
      assertThat(planner.failure()).isInstanceOf(Crash.class);
    }
  }

  private static void assertThatNothingWasSentInTwoVersions(String upgrade, List<byte[]> entries) {
    for (byte[] published : world.published(upgrade)) {
      assertThat(published)
          .isEqualTo(entries.get((int) PlannerWorld.entry(published).getSeq() - 1));
    }
    assertThat(
            world.published(upgrade).stream().map(b -> PlannerWorld.entry(b).getSeq()).distinct())
        .hasSize(entries.size());
    world
        .workers
        .deliveries()
        .forEach(
            (id, deliveries) ->
                assertThat(deliveries.stream().map(Object::toString).distinct())
                    .as("versions of %s", id)
                    .hasSize(1));
  }
}
