package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ChangeoverTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_names_every_verb() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "demo",
            "up",
            "install",
            "plan",
            "start",
            "approve",
            "reject",
            "pause",
            "resume",
            "abort",
            "retry",
            "status",
            "watch",
            "journal",
            "inventory",
            "restore",
            "restore-keyspace",
            "preflight",
            "compare",
            "bench")
        .doesNotContain("prepare");
  }

  @Test
  void a_verb_without_its_cluster_is_a_wrong_call() {
    assertThat(run("pause")).isEqualTo(2);
    assertThat(err.toString()).contains("CLUSTER");
  }

  @Test
  void kafka_that_does_not_answer_is_named_with_what_to_do() {
    assertThat(run("journal", "show", "--kafka", "127.0.0.1:1")).isEqualTo(3);
    assertThat(err.toString())
        .contains("Expected Kafka to answer at 127.0.0.1:1", "--kafka")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void a_planner_that_does_not_answer_is_named_with_what_to_do() {
    assertThat(run("status", "--planner", "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(err.toString()).contains("http://127.0.0.1:1/upgrades", "--planner");
  }

  @Test
  void what_a_planner_without_its_database_says_is_told() throws IOException {
    HttpServer planner =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    planner.createContext(
        "/upgrades",
        exchange -> {
          byte[] problem =
              "{\"status\":503,\"detail\":\"Nothing is lost.\",\"expected\":\"PostgreSQL\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, problem.length);
          exchange.getResponseBody().write(problem);
          exchange.close();
        });
    planner.start();
    try {
      String url = "http://127.0.0.1:" + planner.getAddress().getPort();
      assertThat(run("status", "--planner", url)).isEqualTo(3);
      assertThat(err.toString()).contains("answered 503: Nothing is lost. Expected: PostgreSQL");
    } finally {
      planner.stop(0);
    }
  }

  @Test
  void an_inventory_that_is_no_folder_is_a_wrong_call(@TempDir Path dir) {
    assertThat(run("up", "--inventory", dir.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("Expected --inventory to be a folder");
  }

  @Test
  void a_password_on_the_command_line_is_a_wrong_call_and_is_not_repeated(@TempDir Path dir) {
    String url = "jdbc:postgresql://127.0.0.1:1/planner?user=ann&password=hunter2";
    assertThat(run("up", "--inventory", dir.toString(), "--postgres", url)).isEqualTo(2);
    assertThat(run("journal", "verify", "--postgres", url)).isEqualTo(2);
    assertThat(run("journal", "replay", "--postgres", url)).isEqualTo(2);
    assertThat(err.toString())
        .contains("$DATASOURCES_DEFAULT_PASSWORD", "$PGPASSWORD")
        .doesNotContain("hunter2");
  }

  @Test
  void a_database_that_does_not_answer_is_named_by_its_place() {
    String url = "jdbc:postgresql://127.0.0.1:1/planner?user=ann";
    assertThat(run("journal", "verify", "--postgres", url)).isEqualTo(3);
    assertThat(err.toString())
        .contains("jdbc:postgresql://127.0.0.1:1/planner", "08001")
        .doesNotContain("user=ann");
  }

  @Test
  void an_unknown_fault_or_scenario_is_a_wrong_call() {
    assertThat(run("demo", "--inject", "earthquake")).isEqualTo(2);
    assertThat(run("demo", "--scenario", "oracle")).isEqualTo(2);
    assertThat(err.toString()).contains("green-errors", "earthquake", "postgres", "oracle");
  }

  @Test
  void a_fault_where_nothing_serves_is_a_wrong_call() {
    assertThat(run("demo", "--scenario", "fresh", "--inject", "green-errors")).isEqualTo(2);
    assertThat(err.toString()).contains("Expected --inject with a scenario", "fresh");
  }

  private int run(String... args) {
    CommandLine command = Changeover.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
