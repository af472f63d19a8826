package io.changeover.migrator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.migrator.observe.Doubt;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.CommandResult.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  @ParameterizedTest(name = "{0} passes: {1}")
  @CsvSource({
    "08001, true",
    "08006, true",
    "57P01, true",
    "57014, true",
    "53300, true",
    "40P01, true",
    "55P03, true",
    "28P01, false",
    "3D000, false",
    "3F000, false",
    "42501, false",
    "42P01, false",
    "'', true",
  })
  void a_database_failure_passes_or_not_by_its_class(String state, boolean passes) {
    Doubt doubt =
        SqlFailures.doubt(
            "reading schema_meta", new SQLException("what happened\nDetail: x", state));
    assertThat(doubt.passing()).isEqualTo(passes);
    assertThat(doubt.reason())
        .contains("reading schema_meta: what happened")
        .doesNotContain("Detail");
  }

  @ParameterizedTest(name = "{0} passes: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[PostgreSQL error] failed to retrieve PostgreSQL server_version_num: connection refused | true",
        "[PostgreSQL error] failed to retrieve PostgreSQL server_version_num: host or service not provided, or not known | true",
        "[PostgreSQL error] failed to retrieve PostgreSQL server_version_num: receive_message: failed to get type: timeout | true",
        "[PostgreSQL error] timeout | true",
        "failed to run migration '012_213_to_220' up: receive_message: failed to get type: closed | true",
        "[PostgreSQL error] failed to bootstrap database: ERROR: tuple concurrently updated | true",
        "[PostgreSQL error] failed to bootstrap database: ERROR: type \"locks\" already exists | true",
        "P cmd/start.lua:64: nginx: [emerg] bind() to 127.0.0.1:24000 failed (98: Unknown error) | true",
        "FATAL: the database system is starting up | true",
        "FATAL: password authentication failed for user \"kong\" | false",
        "FATAL: database \"nope\" does not exist | false",
        "missing password, required for connect | false",
        "don't know how to auth: 10 | false",
        "[PostgreSQL error] failed to bootstrap database: ERROR: permission denied for schema public (32) | false",
        "failed to run migration '012_213_to_220' up: ERROR: cannot create index on relation \"x\" | false",
        "no file at: /nope/kong.conf | false",
        "P cmd/utils/migrations.lua:20: New migrations available; run 'kong migrations up' to proceed | false",
        "P init.lua: acme plugin is in use but not enabled | false",
        "something never seen before | true",
      })
  void a_failed_call_passes_or_not_by_its_words(String words, boolean passes) {
    assertThat(CliFailures.doubt("up", result(Ending.EXITED, "Error: " + words)).passing())
        .isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({"TIMED_OUT, true", "CANCELLED, true", "NOT_STARTED, false"})
  void a_call_that_did_not_end_by_itself(Ending ending, boolean passes) {
    assertThat(CliFailures.doubt("up", result(ending, "")).passing()).isEqualTo(passes);
  }

  private static CommandResult result(Ending ending, String stderr) {
    return new CommandResult(
        List.of("kong", "migrations", "up"), ending, 1, "", stderr, Duration.ZERO);
  }
}
