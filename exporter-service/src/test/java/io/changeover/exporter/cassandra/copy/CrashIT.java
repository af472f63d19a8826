package io.changeover.exporter.cassandra.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.exporter.cassandra.Sides;
import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.inventory.CopyPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {

  /// What the copied rows do not need.
  private static final List<String> UNUSED =
      List.of(
          "services",
          "routes",
          "plugins",
          "sessions",
          "portal_files",
          "vitals_codes",
          "upstreams",
          "certificates");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Lets some effects happen, then nothing more.
  private static WriteGate.Seam after(int effects, AtomicInteger count) {
    return what -> {
      if (count.getAndIncrement() >= effects) {
        throw new Crash();
      }
    };
  }

  static CopyPolicy small(Path folder) {
    CopyPolicy all = Kong.policy(folder);
    return new CopyPolicy(
        all.way(),
        all.export(),
        UNUSED,
        all.include(),
        all.weightZeroTargets(),
        all.expiring(),
        all.inFlight(),
        all.ranges(),
        0,
        0,
        folder,
        folder,
        all.key());
  }

  @Test
  void a_copy_that_dies_before_any_effect_ends_as_one_that_does_not() throws Exception {
    Kong kong = Kong.create();
    kong.consumer("a", Set.of("t1", "t2"));
    kong.consumer("b", Set.of());
    kong.target(new java.util.UUID(1, 1), "a:80", 1, 100);
    kong.target(new java.util.UUID(1, 1), "a:80", 2, 100);
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, created_at) VALUES (uuid(), 'k', 1) USING TTL 7000");
    int crashes = 0;
    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      for (boolean whole = false; !whole; crashes += whole ? 0 : 1) {
        Path run = Files.createDirectory(folder.resolve("run-" + crashes));
        kong.emptyGreen();
        whole = copiesWhole(sides, small(run), crashes);
        CopyTally tally = sides.copy(small(run));
        Comparison.Result result = sides.compare(small(run));
        assertThat(result.differences()).describedAs("crash before effect %d", crashes).isEmpty();
        assertThat(result.equal()).isTrue();
        assertThat(tally.rows()).isEqualTo(7);
        assertThat(tally.ttlRows()).isEqualTo(1);
        assertThat(tally.config().rows()).isEqualTo(7);
      }
    }
    assertThat(crashes).isGreaterThan(10);
  }

  private static boolean copiesWhole(Sides sides, CopyPolicy policy, int effects)
      throws IOException, InterruptedException {
    try {
      sides.copy(policy, after(effects, new AtomicInteger()));
      return true;
    } catch (Crash e) {
      return false;
    }
  }

  @Test
  void a_slice_is_remembered_only_when_all_its_writes_were_answered() throws Exception {
    Kong kong = Kong.create();
    String chain = "x".repeat(1_000_000);
    for (int i = 0; i < 40; i++) {
      kong.blue(
          "INSERT INTO %s.certificates (partition, id, cert) VALUES ('certificates', uuid(), ?)",
          i + chain);
    }
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger remembered = new AtomicInteger();
    WriteGate.Seam seam =
        what -> {
          if (what.equals("checkpoint certificates")) {
            remembered.incrementAndGet();
            assertThat(kong.greenRows("SELECT id FROM %s.certificates")).hasSize(sent.get());
          } else if (what.startsWith("certificates")) {
            sent.incrementAndGet();
          }
        };
    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      sides.copy(oneRange(folder), seam);
    }
    assertThat(sent).hasValue(40);
    assertThat(remembered.get()).isGreaterThan(1);
  }

  private static CopyPolicy oneRange(Path folder) {
    CopyPolicy all = Kong.policy(folder);
    return new CopyPolicy(
        all.way(),
        all.export(),
        all.leave(),
        all.include(),
        all.weightZeroTargets(),
        all.expiring(),
        all.inFlight(),
        1,
        0,
        0,
        folder,
        folder,
        all.key());
  }

  @Test
  void a_copy_whose_process_is_killed_goes_on_where_it_was() throws Exception {
    Kong kong = Kong.create();
    for (int i = 0; i < 2_000; i++) {
      kong.consumer("c" + i, Set.of());
    }
    CopyPolicy policy = Kong.policy(folder);
    Process process = start(kong);
    Path checkpoint = folder.resolve("c1.checkpoint.jsonl");
    Instant until = Instant.now().plus(PATIENCE);
    while (lines(checkpoint) < 4) {
      assertThat(Instant.now()).describedAs("the copy began").isBefore(until);
      assertThat(process.isAlive()).describedAs("the copy runs").isTrue();
      Thread.sleep(20);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    int before = kong.greenRows("SELECT id FROM %s.consumers").size();
    assertThat(before).isBetween(1, 1_999);

    try (Sides sides = new Sides(kong.blueStore(), kong.greenStore())) {
      AtomicInteger effects = new AtomicInteger();
      CopyTally tally = sides.copy(policy, what -> effects.incrementAndGet());
      assertThat(tally.rows()).isEqualTo(2_001);
      assertThat(effects.get())
          .describedAs("what was finished is not done again")
          .isLessThan(2_000);
      assertThat(sides.compare(policy).equal()).isTrue();
    }
  }

  private Process start(Kong kong) throws IOException {
    return new ProcessBuilder(
            Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Objects.requireNonNull(System.getProperty("java.class.path")),
            SlowCopyMain.class.getName(),
            Integer.toString(Node.get().port()),
            kong.blueName(),
            kong.greenName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "copy.log"))
        .start();
  }

  private static int lines(Path file) throws IOException {
    return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)).size() : 0;
  }
}
