package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KongCallsTest {
  @TempDir Path folder;

  @Test
  void a_call_is_written_down_and_goes_on() throws Exception {
    KongCalls calls = new KongCalls(folder.resolve("calls"));
    Path kong = calls.recorded(Path.of("/bin/echo"), "2.2.2");

    assertThat(calls.noMigrations().holds()).as("nothing was called").isFalse();
    assertThat(run(kong, "config", "parse", "a b.yml")).isEqualTo("config parse a b.yml");
    assertThat(calls.noMigrations().holds()).isTrue();
    run(kong, "migrations", "up");
    assertThat(calls.noMigrations())
        .isEqualTo(new Check("no `kong migrations` was called", false, "migrations up"));
  }

  private static String run(Path kong, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(kong.toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.strip();
  }
}
