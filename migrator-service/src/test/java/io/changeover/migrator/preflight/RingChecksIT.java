package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.Secret;
import io.changeover.messages.Finding;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.report.Findings;
import io.changeover.sandbox.cassandra.EmbeddedRing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a real ring of three nodes while some of them are dead.
@Tag("deep")
class RingChecksIT {

  private static final Duration ANSWER = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private static Findings look(EmbeddedRing ring) {
    CassandraStore store =
        new CassandraStore(
            ring.addresses(),
            ring.port(),
            "datacenter1",
            "kong",
            "",
            Secret.EMPTY,
            false,
            Consistency.QUORUM);
    Findings findings = new Findings();
    try (CqlSession session = Keyspaces.open(store, ANSWER)) {
      new RingChecks(store).look(session, findings);
    }
    return findings;
  }

  private static String evidence(Findings findings, String code) {
    return findings.all().stream()
        .filter(finding -> finding.getCode().equals(code))
        .map(Finding::getEvidence)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void who_is_down_is_named_with_its_schema_and_what_is_out_of_reach_is_said() {
    try (EmbeddedRing ring = EmbeddedRing.start(folder, 3)) {
      try (CqlSession session = ring.connect(1)) {
        session.execute(
            "CREATE KEYSPACE kong WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}");
        session.execute(
            "CREATE TABLE kong.schema_meta (key text, subsystem text, executed set<text>, pending set<text>, PRIMARY KEY (key, subsystem))");
      }
      ring.awaitAgreement();
      assertThat(look(ring).blockers()).isEmpty();

      ring.kill(3);
      ring.awaitAgreement();

      Findings one = look(ring);
      assertThat(one.blockers()).containsExactly("cassandra.node-down");
      assertThat(evidence(one, "cassandra.node-down")).isEqualTo("127.0.0.3 (datacenter1, down)");
      assertThat(evidence(one, "cassandra.schema-agreement")).contains("127.0.0.3");
      assertThat(evidence(one, "cassandra.consistency")).isEqualTo("schema_meta of kong read");

      try (CqlSession session = ring.connect(1)) {
        session.execute("CREATE TABLE kong.without_the_third (id int PRIMARY KEY)");
      }
      ring.awaitAgreement();

      Findings changed = look(ring);
      assertThat(changed.blockers())
          .containsExactly("cassandra.schema-disagreement", "cassandra.node-down");
      assertThat(evidence(changed, "cassandra.schema-disagreement"))
          .containsPattern("[0-9a-f-]{36}: 127\\.0\\.0\\.3 \\(datacenter1, down\\)")
          .containsPattern(
              "127\\.0\\.0\\.1 \\(datacenter1\\), 127\\.0\\.0\\.2|127\\.0\\.0\\.2 \\(datacenter1\\), 127\\.0\\.0\\.1");

      ring.kill(2);
      ring.awaitAgreement();

      Findings two = look(ring);
      assertThat(two.blockers()).contains("cassandra.node-down", "cassandra.consistency");
      assertThat(evidence(two, "cassandra.consistency")).contains("QUORUM");

      ring.restart(2);
      ring.restart(3);
      ring.awaitAgreement();
      assertThat(look(ring).blockers()).isEmpty();
    }
  }
}
