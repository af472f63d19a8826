package io.changeover.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  @Test
  void a_process_that_is_killed_comes_back_and_the_operator_hears_of_it(@TempDir Path dir)
      throws Exception {
    try (DataFolder folder = DataFolder.take(dir);
        Suite suite = new Suite(folder, said::add)) {
      suite.start(sleeper("sleeper"));
      ProcessHandle first = awaitOther(suite, -1);

      first.destroyForcibly();

      assertThat(awaitOther(suite, first.pid()).pid()).isNotEqualTo(first.pid());
      assertThat(said).anySatisfy(line -> assertThat(line).contains("sleeper", "137"));
    }
  }

  @Test
  void a_process_that_cannot_be_started_is_named_and_tried_again(@TempDir Path dir)
      throws Exception {
    Path program = dir.resolve("late");
    try (DataFolder folder = DataFolder.take(dir.resolve("data"));
        Suite suite = new Suite(folder, said::add)) {
      suite.start(
          new ProcessSpec(
              "sleeper",
              List.of(program.toString()),
              Map.of(),
              new Health.Listens(FreePorts.next())));
      awaitSaid("could not be started");
      assertThat(said.getFirst()).contains("sleeper", program.toString());

      Path written = Files.writeString(dir.resolve("next"), "#!/bin/sh\nexec sleep 600\n");
      Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(written, program);

      assertThat(awaitOther(suite, -1).isAlive()).isTrue();
    }
  }

  @Test
  void closing_ends_every_process(@TempDir Path dir) throws Exception {
    ProcessHandle process;
    try (DataFolder folder = DataFolder.take(dir)) {
      Suite suite = new Suite(folder, said::add);
      suite.start(sleeper("sleeper"));
      process = awaitOther(suite, -1);
      suite.close();
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void what_a_killed_suite_left_gives_way_to_the_next(@TempDir Path dir) throws Exception {
    Process left = new ProcessBuilder("sleep", "600").start();
    try (DataFolder folder = DataFolder.take(dir)) {
      new PidFile(folder.pid("sleeper")).write(left.toHandle());
      try (Suite suite = new Suite(folder, said::add)) {
        suite.start(sleeper("sleeper"));

        assertThat(awaitOther(suite, left.pid()).pid()).isNotEqualTo(left.pid());
        assertThat(left.isAlive()).isFalse();
      }
    }
  }

  @Test
  void waiting_for_what_never_serves_names_it_and_its_log(@TempDir Path dir) {
    try (DataFolder folder = DataFolder.take(dir);
        Suite suite = new Suite(folder, said::add)) {
      suite.start(sleeper("sleeper"));

      assertThatThrownBy(() -> suite.await(Duration.ofMillis(300), "sleeper"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Expected sleeper to serve")
          .hasMessageContaining("sleeper.log");
    }
  }

  private static ProcessSpec sleeper(String name) {
    return new ProcessSpec(
        name, List.of("sleep", "600"), Map.of(), new Health.Listens(FreePorts.next()));
  }

  private void awaitSaid(String words) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (said.stream().noneMatch(line -> line.contains(words))) {
      assertThat(Instant.now()).as("%s in %s", words, said).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  private static ProcessHandle awaitOther(Suite suite, long than) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      Optional<ProcessHandle> running = suite.process("sleeper");
      if (running.isPresent() && running.get().pid() != than) {
        return running.get();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("Expected another process than " + than);
  }
}
