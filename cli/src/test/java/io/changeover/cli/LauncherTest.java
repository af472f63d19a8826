package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How `./changeover` and `./mvnw` find a JDK.
class LauncherTest {
  @TempDir Path dir;

  @Test
  void a_jdk_in_java_home_goes_before_the_one_on_the_path() throws Exception {
    Path home = jdk("home", "26.0.1");
    assertThat(found(home, jdk("path", "25"))).isEqualTo("0 " + home);
  }

  @Test
  void the_path_is_asked_when_java_home_is_too_old_or_not_set() throws Exception {
    Path onPath = jdk("path", "25.0.2");
    assertThat(found(jdk("home", "21.0.5"), onPath)).isEqualTo("0 " + onPath);
    assertThat(found(dir.resolve("none"), onPath)).isEqualTo("0 " + onPath);
  }

  /// What lies in /usr/lib/jvm is this machine's affair.
  @Test
  void an_old_one_is_never_taken_and_without_another_the_operator_is_told() throws Exception {
    Path old = jdk("old", "24.0.1");
    assertThat(found(old, old))
        .satisfiesAnyOf(
            said -> assertThat(said).startsWith("0 /usr/lib/jvm/"),
            said ->
                assertThat(said).contains("needs a JDK of version 25", "Install").endsWith("1"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = dir.resolve(name);
    Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
    Files.writeString(javac, "");
    Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /// The exit code and the JDK, or the exit code after what was said.
  private String found(Path javaHome, Path onPath) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                ". \"$0\" && echo \"0 $JAVA_HOME\" || echo $?",
                Home.find().root().resolve(".mvn/find-jdk.sh").toString())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", onPath.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("HOME", dir.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }
}
