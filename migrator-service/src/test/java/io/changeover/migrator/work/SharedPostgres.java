package io.changeover.migrator.work;

import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// One PostgreSQL server for all tests of this JVM: every test has a database of its own there,
/// copied from one that was seeded once. Nothing in it outlives the run, so that it need not wait
/// for the disk.
final class SharedPostgres {

  private static final SharedPostgres ONLY = new SharedPostgres();

  private final EmbeddedPostgresServer server;

  private SharedPostgres() {
    try {
      Path folder = Files.createTempDirectory("migrator-postgres");
      server = EmbeddedPostgresServer.start(folder, 0);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void end(Path folder) {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e.getMessage());
    }
  }
}
