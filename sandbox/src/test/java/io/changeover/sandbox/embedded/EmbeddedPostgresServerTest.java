package io.changeover.sandbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
  @Test
  void a_second_start_on_the_folder_has_what_the_first_committed(@TempDir Path dir)
      throws Exception {
    int port;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir, 0)) {
      port = server.port();
      server.createRole("kong", "it's secret");
      server.createDatabase("kong", "kong");
      server.createDatabase("kong", "kong");
      try (Connection connection = server.connect("kong");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
      }
    }
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir, port)) {
      assertThat(ask(server, "kong", "SELECT answer FROM kept")).isEqualTo("42");
      assertThat(
              ask(server, "postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'kong'"))
          .startsWith("md5");
    }
  }

  @Test
  void everything_that_makes_it_durable_is_on(@TempDir Path dir) throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir, 0)) {
      for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
        assertThat(ask(server, "postgres", "SHOW " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void a_server_that_a_killed_starter_left_running_gives_way(@TempDir Path dir) throws Exception {
    Process starter = start(dir, FreePorts.next());
    awaitReady(starter);
    long orphan = postmaster(dir);
    starter.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir, 0)) {
      assertThat(ask(server, "postgres", "SELECT 1")).isEqualTo("1");
      assertThat(postmaster(dir)).isNotEqualTo(orphan);
    }
  }

  @Test
  void a_pid_file_that_names_somebody_elses_process_is_no_obstacle(@TempDir Path dir)
      throws Exception {
    EmbeddedPostgresServer.start(dir, 0).close();
    Path pidFile = dir.resolve("postgres").resolve("postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + dir + "\n");

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir, 0)) {
      assertThat(ask(server, "postgres", "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void the_server_stops_with_its_process_and_with_the_starter_of_that(@TempDir Path dir)
      throws Exception {
    Process starter = start(dir, FreePorts.next());
    awaitReady(starter);
    ProcessHandle server = ProcessHandle.of(postmaster(dir)).orElseThrow();

    starter.getOutputStream().close();

    assertThat(starter.waitFor()).isEqualTo(143);
    assertThat(server.onExit()).succeedsWithin(java.time.Duration.ofSeconds(30));
  }

  private static Process start(Path dir, int port) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.changeover.sandbox.leash.Leash",
            PostgresMain.class.getName(),
            dir.toString(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitReady(Process process) throws Exception {
    assertThat(process.inputReader().readLine()).startsWith("READY 127.0.0.1:");
  }

  private static long postmaster(Path dir) throws Exception {
    return Long.parseLong(
        Files.readAllLines(dir.resolve("postgres").resolve("postmaster.pid")).getFirst().strip());
  }

  private static String ask(EmbeddedPostgresServer server, String database, String question)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
