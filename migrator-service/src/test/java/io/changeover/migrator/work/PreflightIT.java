package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static io.changeover.migrator.work.MigrationIT.failed;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightIT {

  private static final EmbeddedPostgresServer POSTGRES = SharedPostgres.server();

  @TempDir Path folder;
  private StandIn lab;

  @BeforeEach
  void seed() {
    lab = StandIn.seeded(POSTGRES, folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_cluster_that_is_well_passes_and_a_second_upgrade_after_a_rollback_too() throws Exception {
    done(lab.run(Actions.START_NODES, "blue"));
    Outcome.Done first = done(lab.run(Actions.PREFLIGHT));
    assertThat(first.facts())
        .containsEntry(Facts.SCHEMA_STATE, "new")
        .containsEntry("schema.state.blue", "executed")
        .containsEntry(Facts.NODES_HEALTHY, "1")
        .containsKey(Facts.DIGEST_CONFIG);
    assertThat(first.findings())
        .allSatisfy(finding -> assertThat(finding.getEvidence()).isNotBlank());
    assertThat(codes(first, Severity.FACT))
        .contains("schema.green", "plugins.covered", "version.path", "green.stopped");

    done(lab.run(Actions.MIGRATE_UP));
    Outcome.Done second = done(lab.run(Actions.PREFLIGHT));
    assertThat(second.facts())
        .containsEntry(Facts.SCHEMA_STATE, "pending")
        .containsEntry(Facts.DIGEST_CONFIG, first.facts().get(Facts.DIGEST_CONFIG));
    assertThat(codes(second, Severity.WARNING)).contains("schema.pending-on-green");
  }

  @Test
  void all_that_speaks_against_it_is_reported_at_once() throws Exception {
    lab.fenced = true;
    lab.greenMore.put("KONG_PLUGINS", "acl,rate-limiting");
    lab.execute(
        "UPDATE schema_meta SET pending = '{004_212_to_213}', executed = array_remove(executed, '004_212_to_213')"
            + " WHERE subsystem = 'acl'");
    lab.execute("ALTER TABLE workspaces DROP CONSTRAINT IF EXISTS workspaces_name_key");
    lab.execute("INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'default')");
    lab.execute("UPDATE plugins SET cache_key = NULL WHERE id = (SELECT id FROM plugins LIMIT 1)");
    lab.execute(
        "UPDATE consumers SET custom_id = id || ':$(VALUE)' WHERE id = (SELECT id FROM consumers LIMIT 1)");
    lab.execute("INSERT INTO consumers (id, username) VALUES (gen_random_uuid(), 'homeless')");
    lab.execute("UPDATE consumers SET ws_id = NULL WHERE username = 'homeless'");
    lab.execute("ALTER TABLE targets OWNER TO postgres");
    lab.execute("GRANT ALL ON targets TO " + lab.owner);
    lab.execute(
        "INSERT INTO locks (key, owner, ttl) VALUES ('migrations', 'somebody', now() + interval '1 hour')");
    Outcome.Failed failed = whileGreenAnswers();
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(codes(failed, Severity.BLOCKER))
        .contains(
            "schema.pending-on-blue",
            "schema.locked",
            "green.running",
            "blue.unhealthy",
            "plugins.missing",
            "content.default-workspace",
            "content.null-cache-key",
            "content.null-ws-id",
            "content.value-leftover",
            "rights.owner");
    assertThat(failed.findings())
        .filteredOn(finding -> finding.getSeverity() == Severity.BLOCKER)
        .allSatisfy(
            finding -> {
              assertThat(finding.getEvidence()).isNotBlank();
              assertThat(finding.getRemedy()).isNotBlank();
            });
    assertThat(failed.facts()).containsKey(Facts.SCHEMA_STATE);
  }

  @Test
  void a_green_that_uses_another_database_is_found_out_twice() throws Exception {
    StandIn other = StandIn.empty(POSTGRES, folder);
    lab.greenDatabase = other.database;
    assertThat(codes(failed(lab.run(Actions.PREFLIGHT)), Severity.BLOCKER))
        .contains("green.other-database", "schema.disagreement");
  }

  @Test
  void a_role_that_is_not_blues_alone_or_not_there_is_found() throws Exception {
    lab.fenced = true;
    lab.greenMore.put("KONG_PG_USER", lab.blueRole);
    lab.fenceUser = lab.owner;
    assertThat(codes(failed(lab.run(Actions.PREFLIGHT)), Severity.BLOCKER))
        .contains("fence.shared", "fence.no-right");
    lab.fenceUser = "postgres";
    assertThat(failed(lab.run(Actions.STOP_NODES, "blue")).reason()).contains("not blue's alone");
  }

  @Test
  void a_missing_secret_hides_nothing_but_what_needs_it() throws Exception {
    lab.greenMore.put("KONG_PG_SSL_CERT", "${env:CHANGEOVER_NOT_SET_ANYWHERE}");
    lab.execute("UPDATE plugins SET cache_key = NULL WHERE id = (SELECT id FROM plugins LIMIT 1)");
    Outcome.Failed failed = failed(lab.run(Actions.PREFLIGHT));
    assertThat(codes(failed, Severity.BLOCKER))
        .contains("secret.missing", "green.command", "blue.unhealthy", "content.null-cache-key");
    assertThat(codes(failed, Severity.FACT)).contains("version.path", "blue.version");
  }

  @Test
  void rights_roles_and_older_work_left_undone_are_found() throws Exception {
    lab.fenced = true;
    lab.execute("ALTER ROLE \"" + lab.blueRole + "\" RENAME TO \"" + lab.blueRole + "_gone\"");
    lab.execute("ALTER SCHEMA public OWNER TO postgres");
    lab.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
    lab.execute("GRANT USAGE ON SCHEMA public TO " + lab.owner);
    lab.execute(
        "UPDATE schema_meta SET executed = array_remove(executed, '004_212_to_213'), last_executed = '003_200_to_210'"
            + " WHERE subsystem = 'acl'");
    lab.execute(
        "UPDATE schema_meta SET pending = '{003_200_to_210}', executed = array_remove(executed, '003_200_to_210')"
            + " WHERE subsystem = 'jwt'");
    lab.execute(
        "INSERT INTO targets (id, created_at, upstream_id, target, weight, ws_id)"
            + " SELECT gen_random_uuid(), created_at - interval '1 day', upstream_id, target, 7, ws_id FROM targets LIMIT 1");
    Outcome.Failed failed = failed(lab.run(Actions.PREFLIGHT));
    assertThat(codes(failed, Severity.BLOCKER))
        .contains("rights.schema", "fence.no-role", "schema.pending-on-blue", "schema.half-way");
    assertThat(failed.findings()).extracting(Finding::getCode).contains("content.older-targets");
  }

  @Test
  void migrations_that_the_serving_version_never_ran_are_found() throws Exception {
    lab.execute(
        "UPDATE schema_meta SET executed = array_remove(executed, '004_212_to_213'), last_executed = '003_200_to_210'"
            + " WHERE subsystem = 'acl'");
    assertThat(codes(failed(lab.run(Actions.PREFLIGHT)), Severity.BLOCKER))
        .contains("schema.missing-on-blue");
  }

  private Outcome.Failed whileGreenAnswers() throws InterruptedException {
    try (FakeNode _ = FakeNode.start(lab.ports[3], "2.2.2", "elsewhere");
        FakeNode _ = FakeNode.start(lab.ports[4], "2.2.2", "elsewhere")) {
      return failed(lab.run(Actions.PREFLIGHT));
    }
  }

  private static List<String> codes(Outcome outcome, Severity severity) {
    return outcome.findings().stream()
        .filter(finding -> finding.getSeverity() == severity)
        .map(Finding::getCode)
        .toList();
  }
}
