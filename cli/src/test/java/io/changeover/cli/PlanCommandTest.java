package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Plans of the examples: what would run, and what speaks against it.
class PlanCommandTest {
  private static final String EXAMPLES = "../examples/inventory";

  private final StringWriter out = new StringWriter();

  private int plan(String... args) {
    var command = Changeover.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of("plan", "--inventory", EXAMPLES));
    all.addAll(List.of(args));
    return command.execute(all.toArray(String[]::new));
  }

  @Test
  void an_upgrade_on_postgres_is_said_with_its_command_lines_and_no_secret() {
    assertThat(plan("payments-eu", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "payments-eu: 2.1.4 → 2.2.2 in 1 hop(s)",
            "/opt/kong-2.2.2/bin/kong migrations up --conf /etc/kong/green.conf",
            "/opt/kong-2.2.2/bin/kong migrations finish",
            "/opt/kong-2.1.4/bin/kong version",
            "a rollback leaves what it added to the schema, pending; 2.1.4 does without it",
            "KONG_PG_PASSWORD=******",
            "runbook-notify-payments",
            "needs 1000 requests on green in each of 6 measurements of 10s: about 2000 of the"
                + " cluster's each, 12000 in all",
            "gate   confirm: waits up to 24h",
            "undone by rollback-traffic",
            "nothing to undo",
            "from here nothing goes back to 2.1.4",
            // Blue's own role may be locked out, so that its schema is read as the datastore's
            // user.
            "KONG_PG_USER=kong KONG_PREFIX=/tmp/changeover-kong-… /opt/kong-2.1.4/bin/kong"
                + " migrations list",
            "KONG_PG_USER=kong_blue KONG_PREFIX=/tmp/changeover-kong-… /opt/kong-2.1.4/bin/kong"
                + " version")
        .containsSubsequence(
            "phase  migrate-up",
            "phase  stop-blue",
            "---- point of no return",
            "phase  migrate-finish")
        .doesNotContain("migrations reset", " -f", "${env");
  }

  @Test
  void a_dump_of_the_database_is_a_command_line_too() {
    assertThat(plan("shop", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains("pg_dump")))
        .singleElement()
        .asString()
        .contains("PGPASSWORD=****** PGSSLMODE=", "--format=custom", "--snapshot=…");
  }

  @Test
  void keyspaces_are_named_and_passwords_are_not() {
    assertThat(plan("orders", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("KONG_CASSANDRA_KEYSPACE=kong", "KONG_CASSANDRA_PASSWORD=******");
  }

  @Test
  void every_migration_is_looked_at_before_and_after() {
    assertThat(plan("payments-eu", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "phase  migrate-up",
            "/opt/kong-2.2.2/bin/kong migrations list",
            "migrations up",
            "/opt/kong-2.2.2/bin/kong migrations list",
            "undone by",
            "phase  migrate-finish",
            "/opt/kong-2.2.2/bin/kong migrations list",
            "migrations finish",
            "/opt/kong-2.2.2/bin/kong migrations list",
            "phase  open-admin",
            "phase  verify",
            "/opt/kong-2.2.2/bin/kong migrations list");
  }

  @Test
  void where_nothing_serves_the_installation_is_planned() {
    assertThat(plan("fresh", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("fresh: an installation of 2.2.2. Nothing was touched.", "Hop 1: 2.2.2, ")
        .containsSubsequence("migrations bootstrap", "phase  start-green", "point of no return")
        .doesNotContain(" to  ", "→", "phase  shift");
  }

  @Test
  void a_command_line_says_how_settings_reach_a_kong_elsewhere() {
    assertThat(plan("fleet", "--to", "2.2", "--plugin", "more")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(" kong-admin-22.internal.example env KONG_", " kong migrations up ")
        .doesNotContain("KONG_PG_PASSWORD");
    assertThat(out.toString().lines().filter(line -> line.contains("KONG_PLUGINS=")))
        .as("the plugins of the request are green's")
        .isNotEmpty()
        .allMatch(line -> line.contains("kong-admin-22"));
  }

  @Test
  void without_a_datastore_no_migration_is_planned() {
    assertThat(plan("edge", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains(" db-less", " config parse ", "phase  parse-config")
        .doesNotContain("kong migrations", "fence-admin", "finish");
  }

  @Test
  void a_hybrid_cluster_moves_its_control_planes_first_and_stops_them_last() {
    assertThat(plan("stores", "--to", "2.2")).as(out.toString()).isZero();
    assertThat(out.toString())
        .containsSubsequence(
            "phase  freeze-admin",
            "phase  migrate-up",
            "phase  start-control-planes",
            "phase  start-data-planes",
            "phase  stop-data-planes",
            "phase  stop-control-planes",
            "phase  migrate-finish");
  }

  @Test
  void a_plugin_that_comes_later_gets_nodes_of_the_same_version_and_its_own_up() {
    assertThat(plan("billing", "--to", "2.2.2+oauth2", "--plugin", "oauth2"))
        .as(out.toString())
        .isZero();
    assertThat(out.toString())
        .contains(
            "billing: 2.2.2 → 2.2.2+oauth2 in 1 hop(s)",
            "shared-datastore: the same version on other nodes, with the plugins [oauth2]")
        .containsSubsequence(
            "phase  backup",
            "phase  fence-admin",
            "phase  migrate-up",
            "KONG_PLUGINS=key-auth,ip-restriction,rate-limiting,oauth2 ",
            "kong migrations up",
            "phase  start-green",
            "kong start",
            "phase  stop-blue",
            "---- point of no return",
            "phase  migrate-finish")
        .doesNotContain(" -f", "--force", "(a patch)");
    assertThat(out.toString().lines().filter(line -> line.contains("phase  migrate-finish")))
        .hasSize(1);
  }

  @Test
  void of_a_minor_the_version_without_a_label_is_meant() {
    assertThat(plan("billing", "--to", "2.2")).isEqualTo(1);
    assertThat(out.toString())
        .contains("No plan for cluster billing to 2.2", "got 2.2.2, which serves already");
  }

  @Test
  void every_reason_against_it_is_said_at_once() {
    assertThat(plan("payments-eu", "--to", "2.1.4")).isEqualTo(1);
    assertThat(out.toString()).contains("No plan for cluster payments-eu to 2.1.4", "newer than");
  }

  @Test
  void an_unknown_cluster_is_named_with_those_that_are_known() {
    assertThat(plan("payments-us", "--to", "2.2")).isNotZero();
    assertThat(out.toString()).contains("payments-us", "payments-eu");
  }
}
