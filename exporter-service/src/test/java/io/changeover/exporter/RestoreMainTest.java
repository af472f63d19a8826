package io.changeover.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoreMainTest {
  @Test
  void a_password_in_the_url_is_refused_and_not_repeated() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        RestoreMain.run(
            List.of(
                "--backup",
                "none",
                "--url",
                "jdbc:postgresql://127.0.0.1:1/kong?password=hunter2",
                "--user",
                "kong"),
            Map.of(),
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--url", "PGPASSWORD")
        .doesNotContain("hunter2");
  }
}
