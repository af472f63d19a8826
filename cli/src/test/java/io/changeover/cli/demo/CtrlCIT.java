package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.suite.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever stops the demo with Ctrl-C finds nothing of it afterwards: no process, no file.
class CtrlCIT {
  private static final int ENDED_BY_SIGINT = 130;

  @TempDir Path temporary;

  @Test
  void nothing_is_left_of_a_demo_that_was_still_starting() throws Exception {
    stopsAfter("planner, migrator, traffic and exporter start");
  }

  @Test
  @Tag("deep")
  void nothing_is_left_of_a_demo_in_the_middle_of_its_upgrade() throws Exception {
    stopsAfter("shift-25");
  }

  private void stopsAfter(String words) throws Exception {
    Process demo = demo();
    try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.lines().anyMatch(line -> line.contains(words))).as(words).isTrue();
      assertThat(started()).as("processes to end").isNotEmpty();
      new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
      out.lines().forEach(System.out::println);
      assertThat(demo.waitFor()).isEqualTo(ENDED_BY_SIGINT);
    } finally {
      demo.destroyForcibly();
    }
    assertThat(started()).isEmpty();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  private Process demo() throws IOException {
    String java = Objects.requireNonNull(System.getProperty("java.home"));
    Home home = Home.find();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(java, "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dchangeover.home=" + home.root(),
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            home.program("cli").jar().toString(),
            "demo",
            "--built-in-router");
    builder.environment().put("JAVA_HOME", java);
    return builder.redirectErrorStream(true).start();
  }

  /// What runs with a path of the demo's folder on its command line.
  private List<String> started() {
    String folder = temporary + "/changeover-demo-";
    return ProcessHandle.allProcesses()
        .map(CtrlCIT::commandLine)
        .filter(line -> line.contains(folder))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }
}
