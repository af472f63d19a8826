package io.changeover.migrator.work;

import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.ForThisProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// One PostgreSQL server for all tests of this JVM: every test has a database of its own there,
/// copied from one that was seeded once. Nothing in it outlives the run, so that it need not wait
/// for the disk.
final class SharedPostgres {

  private static final SharedPostgres ONLY = new SharedPostgres();

  private final EmbeddedPostgresServer server;

  private SharedPostgres() {
    server =
        ForThisProcess.start(
            "migrator-postgres", folder -> EmbeddedPostgresServer.start(folder, 0));
    hurry();
  }

  static EmbeddedPostgresServer server() {
    return ONLY.server;
  }

  private void hurry() {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        statement.execute("ALTER SYSTEM SET " + setting + " = off");
      }
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException("could not set up the shared server", e);
    }
  }
}
