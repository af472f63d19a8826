package io.changeover.exporter.cassandra.kongyml;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.CommandResult.Ending;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigWordsTest {

  private static CommandResult result(Ending ending, int exit, String stdout, String stderr) {
    return new CommandResult(
        List.of("kong", "config", "db_import", "/f/kong.yml"),
        ending,
        exit,
        stdout,
        stderr,
        Duration.ofSeconds(1));
  }

  @Test
  void only_its_own_words_with_exit_code_0_are_success() {
    String both = "parse successful, beginning import\nimport successful\n";
    assertThat(ConfigWords.problem(result(Ending.EXITED, 0, both, ""))).isEmpty();
    assertThat(ConfigWords.problem(result(Ending.EXITED, 1, both, ""))).isPresent();
    assertThat(ConfigWords.problem(result(Ending.TIMED_OUT, 0, both, ""))).isPresent();
    assertThat(ConfigWords.problem(result(Ending.EXITED, 0, "parse successful", ""))).isPresent();
    assertThat(ConfigWords.unparsed(result(Ending.EXITED, 0, "parse successful\n", ""))).isEmpty();
    assertThat(ConfigWords.unparsed(result(Ending.EXITED, 0, "", ""))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[cassandra] UNIQUE violation detected on '{target=\"10.0.0.1:80\"}'|false",
        "[cassandra] schema violation (cert: certificate expired)|false",
        "Failed parsing: in 'plugins': plugin 'x' not enabled|false",
        "all hosts tried for query failed. 127.0.0.1: host seems unhealthy|true",
        "[cassandra] timeout|true"
      })
  void what_another_try_cannot_change_stays(String said, boolean mayPass) {
    assertThat(ConfigWords.problem(result(Ending.EXITED, 1, "", "Error: " + said)).orElseThrow())
        .extracting(Problem::mayPass)
        .isEqualTo(mayPass);
  }

  @Test
  void values_are_not_shown_and_ids_are() {
    assertThat(
            ConfigWords.problem(
                    result(Ending.EXITED, 1, "", "on '{key=\"very-secret\",id=\"1-2\"}'"))
                .orElseThrow()
                .reason())
        .contains("key=…", "id=\"1-2\"", "exit code 1")
        .doesNotContain("very-secret", "/f/kong.yml");
  }

  @Test
  void an_export_that_exits_0_has_left_a_file_or_failed() {
    assertThat(ConfigWords.unexported(result(Ending.EXITED, 0, "", ""), true)).isEmpty();
    assertThat(
            ConfigWords.unexported(result(Ending.EXITED, 0, "", ""), false).orElseThrow().reason())
        .contains("exited 0 and left no file");
    assertThat(
            ConfigWords.unexported(result(Ending.EXITED, 1, "", "Error: [cassandra] timeout"), true)
                .orElseThrow())
        .satisfies(problem -> assertThat(problem.reason()).contains("exit code 1", "timeout"))
        .extracting(Problem::mayPass)
        .isEqualTo(true);
    assertThat(
            ConfigWords.unexported(
                    result(Ending.EXITED, 1, "", "[Invalid] Undefined column name x"), true)
                .orElseThrow()
                .mayPass())
        .isFalse();
    assertThat(
            ConfigWords.unexported(result(Ending.NOT_STARTED, -1, "", "no such file"), false)
                .orElseThrow()
                .expected())
        .contains("the old version's command");
    assertThat(
            ConfigWords.unexported(result(Ending.TIMED_OUT, 143, "", ""), true)
                .orElseThrow()
                .remedy())
        .contains("deadlines: {export: …}");
  }
}
