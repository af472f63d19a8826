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
            "KONG_PG_PASSWORD=******",
            "runbook-notify-payments",
            "needs 1000 requests on green in each of 6 measurements of 10s, about 2000 in all",
            "gate   confirm: waits up to 24h",
            "undone by rollback-traffic")
        .containsSubsequence(
            "phase  migrate-up",
            "phase  stop-blue",
            "---- point of no return",
            "phase  migrate-finish")
        .doesNotContain("migrations reset", " -f", "${env");
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
