package io.changeover.worker.kong;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.worker.kong.CommandResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts of these tests are the children; what is tested starts them without a shell of its
/// own.
class CommandsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void a_command_ends_with_its_code_and_words() throws IOException {
    CommandResult result = run("echo out; echo err >&2; exit 4", Patience.reading(LONG));
    assertThat(result.ending()).isEqualTo(Ending.EXITED);
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.exitedCleanly()).isFalse();
  }

  @Test
  void an_argument_reaches_the_command_as_it_is() throws IOException {
    Path script = script("printf '%s|' \"$@\"");
    CommandLine line =
        new CommandLine(
            List.of(script.toString(), "a b", "$HOME", "`id`", "x;y"), Map.of(), Masking.NONE);
    assertThat(Commands.run(line, Patience.reading(LONG)).stdout())
        .isEqualTo("a b|$HOME|`id`|x;y|");
  }

  @Test
  void what_cannot_be_started_is_a_result_too() {
    CommandLine line = new CommandLine(List.of("/nowhere/kong", "version"), Map.of(), Masking.NONE);
    CommandResult result = Commands.run(line, Patience.reading(LONG));
    assertThat(result.ending()).isEqualTo(Ending.NOT_STARTED);
    assertThat(result.evidence())
        .contains("/nowhere/kong version")
        .contains("could not be started");
  }

  @Test
  void only_the_tail_of_much_output_is_kept() throws IOException {
    CommandResult result =
        run(
            "i=0; while [ $i -lt 5000 ]; do printf '%0100d\\n' $i; i=$((i+1)); done; echo the end",
            Patience.reading(LONG));
    assertThat(result.stdout()).startsWith("… ").endsWith("the end\n");
    assertThat(result.stdout().length()).isBetween(Commands.CAPTURED, Commands.CAPTURED + 100);
  }

  @Test
  void a_child_that_lives_on_with_the_pipe_does_not_hold_the_call() throws IOException {
    CommandResult result = run("sleep 30 & echo started", Patience.reading(LONG));
    assertThat(result.stdout()).isEqualTo("started\n");
    assertThat(result.took()).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  void secrets_are_masked_everywhere() throws IOException {
    Path script =
        script("echo \"password is $KONG_PG_PASSWORD\"; echo \"$KONG_PG_PASSWORD\" >&2; exit 1");
    CommandLine line =
        new CommandLine(
            List.of(script.toString(), "hunter2secret"),
            Map.of("KONG_PG_PASSWORD", "hunter2secret"),
            Masking.of(List.of("hunter2secret")));
    CommandResult result = Commands.run(line, Patience.reading(LONG));
    assertThat(result.toString() + result.evidence() + line).doesNotContain("hunter2secret");
    assertThat(result.stdout()).isEqualTo("password is ******\n");
  }

  @Test
  void kongs_settings_of_the_worker_itself_do_not_leak_into_a_command() throws IOException {
    CommandResult result = run("env", Patience.reading(LONG));
    assertThat(result.stdout().lines().map(line -> line.split("=", 2)[0]))
        .contains("PATH")
        .doesNotContain("CHANGEOVER_TEST_MARK");
    assertThat(System.getenv()).containsKey("CHANGEOVER_TEST_MARK");
  }

  @Test
  void a_migration_whose_time_is_over_is_asked_to_end_and_finishes_its_work() throws IOException {
    CommandResult result =
        run(finishesOnTerm(), Patience.changing(Duration.ofSeconds(2), () -> false));
    assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    assertThat(result.exit()).isZero();
    assertThat(result.stdout()).contains("asked").contains("work is done");
  }

  @Test
  void a_migration_that_is_called_off_is_asked_to_end_and_finishes_its_work() throws IOException {
    CommandResult result = run(finishesOnTerm(), Patience.changing(LONG, this::ready));
    assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
    assertThat(result.stdout()).contains("work is done");
  }

  @Test
  void an_interrupt_asks_a_migration_to_end_and_waits_for_it() throws Exception {
    Path script = script(finishesOnTerm());
    CompletableFuture<CommandResult> result = new CompletableFuture<>();
    CompletableFuture<Boolean> kept = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  result.complete(Commands.run(line(script), Patience.changing(LONG, () -> false)));
                  kept.complete(Thread.interrupted());
                });
    while (!ready()) {
      assertThat(thread.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    thread.interrupt();
    assertThat(thread.join(LONG)).isTrue();
    assertThat(result.join().ending()).isEqualTo(Ending.CANCELLED);
    assertThat(result.join().stdout()).contains("work is done");
    assertThat(kept.join()).isTrue();
  }

  @Test
  void a_reading_command_that_ignores_the_request_is_killed() throws IOException {
    CommandResult result =
        run(
            "trap '' TERM; while true; do sleep 0.1; done",
            Patience.reading(Duration.ofMillis(200)));
    assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    assertThat(result.exit()).isEqualTo(137);
  }

  /// Takes SIGTERM as a wish and ends when its work is done, as Kong does.
  private String finishesOnTerm() {
    return "trap 'echo asked' TERM; touch "
        + folder.resolve("ready")
        + "; i=0; while [ $i -lt 20 ]; do sleep 0.2; i=$((i+1)); done; echo work is done";
  }

  private boolean ready() {
    return Files.exists(folder.resolve("ready"));
  }

  private CommandResult run(String body, Patience patience) throws IOException {
    return Commands.run(line(script(body)), patience);
  }

  private static CommandLine line(Path script) {
    return new CommandLine(List.of(script.toString()), Map.of(), Masking.NONE);
  }

  private Path script(String body) throws IOException {
    Path script = Files.createTempFile(folder, "script", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
    return script;
  }
}
