package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.suite.Home;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `restore` runs the exporter's program for it and not the service. What it restores is tested
/// there.
class RestoreCommandIT {
  @TempDir Path folder;

  @Test
  void says_what_is_wrong_with_a_backup_and_ends() throws Exception {
    Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Dchangeover.home=" + Home.find().root(),
                "-jar",
                Home.find().program("cli").jar().toString(),
                "restore",
                "--backup",
                folder.toString(),
                "--url",
                "jdbc:postgresql://127.0.0.1:1/none",
                "--user",
                "nobody")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("Nothing was restored").contains(folder.toString());
  }
}
