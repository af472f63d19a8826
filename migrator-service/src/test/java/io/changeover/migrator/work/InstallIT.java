package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first version of a cluster, on a database that holds nothing.
class InstallIT {

  private static final EmbeddedPostgresServer POSTGRES = SharedPostgres.server();

  @TempDir Path folder;

  private static List<String> blockers(Outcome outcome) {
    return outcome.findings().stream()
        .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
        .map(Finding::getCode)
        .toList();
  }

  @Test
  void an_empty_database_becomes_a_cluster_that_serves() throws Exception {
    try (StandIn lab = StandIn.empty(POSTGRES, folder)) {
      Outcome look = lab.install(Actions.PREFLIGHT);
      assertThat(blockers(look)).isEmpty();
      assertThat(look.facts()).containsEntry(Facts.SCHEMA_STATE, "none");

      for (String before : List.of("needs-bootstrap", "executed")) {
        assertThat(lab.install(Actions.BOOTSTRAP).facts())
            .containsEntry(Facts.SCHEMA_BEFORE, before)
            .containsEntry(Facts.SCHEMA_AFTER, "executed")
            .containsEntry(Facts.KEYSPACE_ROWS, "0");
      }
      assertThat(lab.install(Actions.START_NODES).facts()).containsEntry(Facts.NODES_HEALTHY, "1");

      Outcome last = lab.install(Actions.VERIFY);
      assertThat(last).isInstanceOf(Outcome.Done.class);
      assertThat(last.facts())
          .containsEntry(Facts.SCHEMA_STATE, "executed")
          .containsEntry(Facts.NODES_HEALTHY, "1")
          .containsEntry("nodes.blue", "0");
      assertThat(blockers(lab.install(Actions.PREFLIGHT)))
          .contains("install.schema-exists", "green.running");

      assertThat(lab.install(Actions.STOP_NODES).facts()).containsEntry(Facts.NODES_RUNNING, "0");
    }
  }

  @Test
  void rows_of_anybody_are_refused_and_nothing_is_made_beside_them() throws Exception {
    try (StandIn lab = StandIn.empty(POSTGRES, folder)) {
      lab.execute("CREATE TABLE notes (words text)");
      lab.execute("INSERT INTO notes VALUES ('mine')");
      assertThat(blockers(lab.install(Actions.PREFLIGHT)))
          .as("a table that the datastore's user may not read")
          .contains("install.unreadable", "rights.owner");
      lab.execute("ALTER TABLE notes OWNER TO " + lab.owner);

      assertThat(blockers(lab.install(Actions.PREFLIGHT))).containsExactly("install.rows");
      assertThat(lab.install(Actions.BOOTSTRAP))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
                assertThat(failed.reason()).contains("notes");
              });
      assertThat(lab.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("1");
    }
  }

  @Test
  void a_cluster_that_is_there_is_not_installed_over() throws Exception {
    try (StandIn lab = StandIn.seeded(POSTGRES, folder)) {
      assertThat(blockers(lab.install(Actions.PREFLIGHT)))
          .contains("install.schema-exists", "install.rows");
      assertThat(lab.install(Actions.BOOTSTRAP)).isInstanceOf(Outcome.Failed.class);
      assertThat(lab.ask("SELECT count(*) FROM services")).isEqualTo("25");
    }
  }

  @Test
  void a_command_that_leads_to_another_database_is_refused() throws Exception {
    try (StandIn lab = StandIn.empty(POSTGRES, folder)) {
      lab.greenMore.put("KONG_PG_DATABASE", "postgres");

      assertThat(lab.install(Actions.BOOTSTRAP))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.remedy()).contains("KONG_PG_DATABASE"));
    }
  }
}
