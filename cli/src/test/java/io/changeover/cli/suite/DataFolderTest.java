package io.changeover.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @Test
  void ports_are_the_same_after_every_start(@TempDir Path dir) {
    int kafka;
    int postgres;
    try (DataFolder folder = DataFolder.take(dir)) {
      kafka = folder.port("kafka");
      postgres = folder.port("postgres");
    }
    try (DataFolder folder = DataFolder.take(dir)) {
      assertThat(folder.port("postgres")).isEqualTo(postgres).isNotEqualTo(kafka);
      assertThat(folder.port("kafka")).isEqualTo(kafka);
    }
  }

  @Test
  void another_process_is_told_that_the_folder_is_in_use(@TempDir Path dir) throws Exception {
    try (DataFolder folder = DataFolder.take(dir)) {
      assertThat(taken(folder.root()))
          .contains(
              "Expected %s to be free, but another suite uses it".formatted(folder.root()),
              "--data");
    }
    assertThat(taken(dir)).as("once it is free").isEqualTo("taken");
  }

  /// What a process of its own says when it takes the folder.
  private static String taken(Path dir) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String said = out.readLine();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said;
    }
  }

  /// Takes a folder and says how that went.
  static final class Taker {
    private Taker() {}

    public static void main(String[] args) {
      try {
        DataFolder.take(Path.of(args[0])).close();
        System.out.println("taken");
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void closing_twice_is_harmless(@TempDir Path dir) {
    DataFolder folder = DataFolder.take(dir);
    folder.close();
    folder.close();

    DataFolder.take(dir).close();
    assertThat(dir.resolve("lock")).exists();
  }
}
