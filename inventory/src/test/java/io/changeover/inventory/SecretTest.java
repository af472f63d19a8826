package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  private static final SecretSource SOURCE = environment(Map.of("A", "alpha", "B", "beta"));

  static SecretSource environment(Map<String, String> values) {
    return name -> {
      String value = values.get(name);
      if (value == null) {
        throw new UnresolvedSecretException("no " + name);
      }
      return value;
    };
  }

  @Test
  void resolves_references_inside_a_text() {
    assertThat(Secret.of("x-${env:A}-${env:B}").resolve(SOURCE)).isEqualTo("x-alpha-beta");
  }

  @Test
  void leaves_everything_else_as_it_stands() {
    assertThat(Secret.of("${other:A} $A {}").resolve(SOURCE)).isEqualTo("${other:A} $A {}");
  }

  @Test
  void never_shows_a_value() {
    assertThat(Secret.of("hunter2")).hasToString("****");
    assertThat(Secret.of("pre${env:A}")).hasToString("****${env:A}");
  }

  @Test
  void reads_a_file_without_its_last_line_end(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("secret"), "s3cret\n\n");
    assertThat(Secret.of("${file:" + file + "}").resolve()).isEqualTo("s3cret\n");
  }

  @Test
  void names_the_file_or_variable_that_is_not_there(@TempDir Path dir) {
    Secret file = Secret.of("${file:" + dir.resolve("none") + "}");
    assertThatThrownBy(file::resolve)
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessageContaining(dir.resolve("none").toString())
        .hasMessageContaining("expected a readable file");
    assertThatThrownBy(Secret.of("${env:CHANGEOVER_NOT_SET}")::resolve)
        .hasMessageContaining("environment variable CHANGEOVER_NOT_SET");
  }

  @Test
  void refuses_a_file_that_is_no_secret(@TempDir Path dir) throws Exception {
    Path file = Files.write(dir.resolve("big"), new byte[SecretSource.LARGEST_FILE + 1]);
    assertThatThrownBy(Secret.of("${file:" + file + "}")::resolve).hasMessageContaining("at most");
  }
}
