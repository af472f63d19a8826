package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static io.changeover.migrator.work.MigrationIT.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.preflight.content.Content;
import io.changeover.migrator.preflight.content.PortalChecks;
import io.changeover.migrator.preflight.content.SqlContent;
import io.changeover.migrator.preflight.content.WorkspaceHopChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.standalone.Look;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
    lab.greenMore.put("KONG_NGINX_UPSTREAM_KEEPALIVE", "200");
    lab.execute(
        "UPDATE schema_meta SET pending = '{004_212_to_213}', executed = array_remove(executed,"
            + " '004_212_to_213') WHERE subsystem = 'acl'");
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
    assertThat(codes(failed, Severity.WARNING)).contains("setting.renamed");
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
        "UPDATE schema_meta SET executed = array_remove(executed, '004_212_to_213'), last_executed"
            + " = '003_200_to_210' WHERE subsystem = 'acl'");
    lab.execute(
        "UPDATE schema_meta SET pending = '{003_200_to_210}', executed = array_remove(executed,"
            + " '003_200_to_210') WHERE subsystem = 'jwt'");
    lab.execute(
        "INSERT INTO targets (id, created_at, upstream_id, target, weight, ws_id) SELECT"
            + " gen_random_uuid(), created_at - interval '1 day', upstream_id, target, 7, ws_id"
            + " FROM targets LIMIT 1");
    Outcome.Failed failed = failed(lab.run(Actions.PREFLIGHT));
    assertThat(codes(failed, Severity.BLOCKER))
        .contains("rights.schema", "fence.no-role", "schema.pending-on-blue", "schema.half-way");
    assertThat(failed.findings()).extracting(Finding::getCode).contains("content.older-targets");
  }

  @Test
  void migrations_that_the_serving_version_never_ran_are_found() throws Exception {
    lab.execute(
        "UPDATE schema_meta SET executed = array_remove(executed, '004_212_to_213'), last_executed"
            + " = '003_200_to_210' WHERE subsystem = 'acl'");
    assertThat(codes(failed(lab.run(Actions.PREFLIGHT)), Severity.BLOCKER))
        .contains("schema.missing-on-blue");
  }

  @Test
  void what_data_planes_cannot_serve_or_would_reject_is_found_with_its_rows() throws Exception {
    for (String config :
        List.of(
            "{\"policy\": \"cluster\", \"limit_by\": \"consumer\"}",
            "{\"policy\": \"local\", \"limit_by\": \"path\"}")) {
      lab.execute(
          "INSERT INTO plugins (id, name, config, enabled, protocols, ws_id) SELECT"
              + " gen_random_uuid(), 'rate-limiting', '"
              + config
              + "', true, '{http}', id FROM workspaces");
    }
    lab.execute(
        "INSERT INTO plugins (id, name, config, enabled, ws_id) SELECT gen_random_uuid(), 'oauth2',"
            + " '{\"enable_password_grant\": true}', true, id FROM workspaces");
    lab.execute("UPDATE services SET protocol = 'udp' WHERE name = 'service-0001'");
    lab.execute(
        "INSERT INTO schema_meta (key, subsystem, last_executed, executed) VALUES ('schema_meta', 'hybp', '000_base', '{000_base}')");
    String udp = lab.ask("SELECT id FROM services WHERE protocol = 'udp'");
    int early = FreePorts.next();
    Outcome.Failed failed;
    try (FakeNode _ = FakeNode.start(early, "2.2.2", "off")) {
      failed =
          failed(
              lab.run(
                  Actions.PREFLIGHT,
                  FakePhaseContext.of(
                      FakePhaseContext.command("lab", Actions.PREFLIGHT).build(), hybrid(early))));
    }
    assertThat(failed.findings())
        .as("a data plane of green that runs before its control plane")
        .anySatisfy(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("green.running");
              assertThat(finding.getSeverity()).isEqualTo(Severity.BLOCKER);
              assertThat(finding.getMessage()).contains("green-dp");
            });
    assertThat(codes(failed, Severity.BLOCKER))
        .contains("hybrid.rate-limiting", "hybrid.oauth2", "plugins.node-lacks")
        .filteredOn("hybrid.rejected-value"::equals)
        .hasSize(2);
    assertThat(codes(failed, Severity.WARNING))
        .contains(
            "hybrid.no-cache",
            "hybrid.window",
            "hybrid.data-planes-unread",
            "plugins.own-migrations");
    assertThat(failed.findings())
        .anySatisfy(finding -> assertThat(finding.getEvidence()).contains("services").contains(udp))
        .anySatisfy(
            finding ->
                assertThat(finding.getMessage())
                    .contains("data-plane green-dp of green lacks the plugin oauth2"))
        .anySatisfy(
            finding ->
                assertThat(finding.getMessage()).contains("data plane blue-dp has no cache file"));
  }

  /// The same cluster with roles, and a data plane on each side, of which blue's does not run.
  private Cluster hybrid(int green) throws IOException {
    String yaml = lab.yaml().replace("- name: lab", "- name: lab\n    topology: hybrid");
    for (String side : List.of("blue", "green")) {
      yaml =
          yaml.replace(
              "          - name: " + side + "-1\n",
              """
                        - name: %1$s-dp
                          role: data-plane
                          admin: http://127.0.0.1:1
                          proxy: http://127.0.0.1:%3$d
                          status: http://127.0.0.1:%3$d
                          prefix: %2$s/%1$s-dp
                          cacheFile: %2$s/%1$s-dp/config.cache.json.gz
                          environment: {KONG_PLUGINS: "acl,key-auth"}
                        - name: %1$s-1
                          role: control-plane
              """
                  .formatted(side, folder, side.equals("green") ? green : 1));
    }
    return cluster(yaml);
  }

  private Cluster cluster(String yaml) throws IOException {
    Path inventory = Files.createTempDirectory(folder, "other");
    Files.writeString(inventory.resolve("cluster.yaml"), yaml);
    return Inventory.load(inventory).orThrow().cluster("lab").orElseThrow();
  }

  @Test
  void from_community_to_enterprise_of_the_same_base_is_one_step_and_entities_are_counted()
      throws Exception {
    Cluster cluster =
        cluster(
            lab.yaml()
                .replace("bin/kong-2.2.2", "bin/kong-2.1.4")
                .replace("\"2.2.2\":\n", "\"2.1.4.0\":\n"));
    Outcome.Failed seen =
        failed(
            lab.run(
                Actions.PREFLIGHT,
                FakePhaseContext.of(
                    FakePhaseContext.command("lab", Actions.PREFLIGHT)
                        .setToVersion("2.1.4.0")
                        .build(),
                    cluster)));
    assertThat(codes(seen, Severity.BLOCKER))
        .as("the binary is Community's, of the right base")
        .containsExactlyInAnyOrder("blue.unhealthy", "green.version");
    assertThat(codes(seen, Severity.FACT)).contains("version.path", "blue.version");
    assertThat(seen.facts().get(Facts.ENTITIES_BEFORE)).startsWith("default=");
  }

  @Test
  void of_a_later_hop_what_can_be_known_now_is_looked_at_and_the_rest_is_said() throws Exception {
    lab.clusterMore.add("    fence: {blueRole: kong_1_5}");
    Cluster cluster =
        cluster(
            lab.yaml()
                .replace("serving: \"2.1.4\"", "serving: \"1.5.0\"")
                .replace(
                    "    kong:\n",
                    """
                        kong:
                          "1.5.0":
                            command: [/none/kong]
                            nodes: [{name: old, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:1", prefix: /none}]
                    """));
    PhaseWork look = StandalonePreflight.of(new Look.Limits(1, StandIn.LONG)).work();
    Outcome later =
        look.run(
            FakePhaseContext.of(
                FakePhaseContext.command("lab", Actions.PREFLIGHT).build(), cluster));
    assertThat(codes(later, Severity.WARNING)).contains("hop.not-yet", "fence.none");
    assertThat(codes(later, Severity.FACT))
        .contains("version.path", "green.version", "plugins.covered", "backup.folder");
    assertThat(later).as("nothing of it runs yet, which is right").isInstanceOf(Outcome.Done.class);
    Outcome first =
        look.run(
            FakePhaseContext.of(
                FakePhaseContext.command("lab", Actions.PREFLIGHT)
                    .setFromVersion("1.5.0")
                    .setToVersion("2.1.4")
                    .build(),
                cluster));
    assertThat(codes(first, Severity.BLOCKER)).contains("blue.unknown", "blue.command");
    assertThat(codes(first, Severity.FACT)).contains("portal.none");
  }

  @Test
  void a_dev_portal_of_1_5_and_what_the_hop_to_2_1_leaves_are_found_in_rows() throws Exception {
    lab.execute("CREATE TABLE files (id uuid, path text)");
    lab.execute("INSERT INTO files VALUES (gen_random_uuid(), 'themes/base/layouts/_app.html')");
    lab.execute(
        "UPDATE plugins SET cache_key = 'short' WHERE id = (SELECT id FROM plugins LIMIT 1)");
    Findings findings = new Findings();
    Release old = new Release(1, 5, 0);
    Release next = new Release(2, 1, 4);
    try (Connection connection = POSTGRES.connect(lab.database)) {
      Content<SQLException> content = new SqlContent(connection);
      new PortalChecks(Build.in("1.5.0.11").orElseThrow(), next).look(content, findings);
      new WorkspaceHopChecks(old, next, false).look(content, findings);
      new WorkspaceHopChecks(next, next, false).look(content, findings);
    }
    assertThat(findings.all())
        .extracting(Finding::getCode)
        .contains("portal.files", "content.cache-key-form", "content.cache-key-workspace");
    assertThat(findings.all())
        .filteredOn(finding -> finding.getCode().equals("content.cache-key-workspace"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.getMessage()).startsWith("1 rows of plugins"));
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
