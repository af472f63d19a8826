package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Finding;
import io.changeover.migrator.report.Findings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {

  @ParameterizedTest
  @CsvSource({
    "90426, BLOCKER, too old",
    "90500, WARNING, older than what Changeover knows",
    "90600, FACT, not on this one",
    "110022, FACT, not on this one",
    "130014, FACT, not on this one",
    "140001, FACT, SCRAM",
    "150014, FACT, tested with PostgreSQL 15",
    "160004, FACT, not on this one",
    "170006, FACT, tested with PostgreSQL 17",
    "180000, WARNING, newer than what"
  })
  void each_postgres_is_worded_for(long number, String severity, String words) {
    Findings findings = new Findings();
    ServerVersion.postgres(number, findings);
    judged(findings, severity, words, Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, BLOCKER, too old",
    "2, 1, BLOCKER, too old",
    "2, 2, WARNING, deprecated",
    "3, 0, WARNING, older than what Changeover knows",
    "3, 11, FACT, not on this one",
    "4, 0, WARNING, not on this one",
    "4, 1, WARNING, not on this one",
    "5, 0, WARNING, tested with 5.0",
    "6, 0, WARNING, newer than what Changeover knows"
  })
  void each_cassandra_is_worded_for(int major, int minor, String severity, String words) {
    Findings findings = new Findings();
    ServerVersion.cassandra(major, minor, "node 10.0.0.1", findings);
    judged(findings, severity, words, "node 10.0.0.1");
  }

  private static void judged(Findings findings, String severity, String words, String evidence) {
    Finding found = findings.all().getFirst();
    assertThat(findings.all()).hasSize(1);
    assertThat(found.getSeverity()).hasToString(severity);
    assertThat(found.getMessage()).contains(words);
    assertThat(found.getEvidence()).contains(evidence);
    if (!severity.equals("FACT")) {
      assertThat(found.getRemedy()).isNotBlank();
    }
  }
}
