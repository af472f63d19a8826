package io.changeover.sandbox.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.core.Utils;

/// A PostgreSQL server with its data in a folder, as durable as a real one: fsync, synchronous
/// commit and full-page writes on.
///
/// Started again on the same folder, after an orderly stop or a kill -9, it has all that was
/// committed. A server that a killed starter left running on the folder is stopped first. Local
/// connections need no password; passwords are stored as md5, which is all that Kong 2.x can speak.
public final class EmbeddedPostgresServer implements AutoCloseable {
  /// The role that may do everything.
  public static final String SUPERUSER = "postgres";

  private static final Duration START = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final int port;

  private EmbeddedPostgresServer(EmbeddedPostgres server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Starts a server; returns when it answers.
  ///
  /// @param dir where its data is or shall be; its log is `postgres.log` there
  /// @param port the port to listen on, 0 for a free one
  public static EmbeddedPostgresServer start(Path dir, int port) {
    int chosen = FreePorts.orFree(port);
    Path data = dir.resolve("postgres").toAbsolutePath();
    try {
      Files.createDirectories(dir);
      Path complete = dir.resolve("postgres.complete").toAbsolutePath();
      if (Files.exists(data) && !Files.exists(complete)) {
        // initdb was killed half-way: nothing was ever served from here.
        PostgresBinaries.empty(data);
      }
      StalePostmaster.clear(data);
      EmbeddedPostgres server = launch(data, chosen, dir.resolve("postgres.log").toFile());
      EmbeddedPostgresServer started = new EmbeddedPostgresServer(server, chosen);
      if (!Files.exists(complete)) {
        started.likeAnyOther();
        Files.createFile(complete);
      }
      return started;
    } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
      throw new IllegalStateException(
          "Expected PostgreSQL to start on port %d with its data in %s, but it did not: %s; its own words are in %s"
              .formatted(chosen, data, e.getMessage(), dir.resolve("postgres.log")),
          e);
    }
  }

  /// Kong 2.x logs in with md5, a choice that PostgreSQL has since version 10. The stand-in's
  /// migrations use what version 13 has; older ones get it from an extension.
  private void likeAnyOther() throws SQLException {
    try (Connection connection = connect("template1");
        Statement statement = connection.createStatement()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major >= 10) {
        statement.execute("ALTER ROLE ALL SET password_encryption = 'md5'");
      }
      if (major < 13) {
        statement.execute("CREATE EXTENSION pgcrypto SCHEMA pg_catalog");
      }
      if (major < 11) {
        statement.execute(
            "CREATE FUNCTION pg_catalog.sha256(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE"
                + " AS 'SELECT digest($1, ''sha256'')'");
      }
    }
  }

  private static EmbeddedPostgres launch(Path data, int port, File log) throws IOException {
    return PostgresBinaries.use(binaries -> settings(data, port, log, binaries).start());
  }

  private static EmbeddedPostgres.Builder settings(Path data, int port, File log, Path binaries) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPgBinaryResolver((system, hardware) -> PostgresBinaries.packed())
        .setOverrideWorkingDirectory(binaries.toFile())
        .setPort(port)
        .setPGStartupWait(START)
        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log))
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "200")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("timezone", "UTC");
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// URL of the maintenance database, with the superuser in it.
  public String jdbcUrl() {
    return jdbcUrl(SUPERUSER) + "?user=" + SUPERUSER;
  }

  /// URL of one database, without a user.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /// A connection of the superuser.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database) + "?user=" + SUPERUSER);
  }

  /// Makes a database of the superuser's unless it is there.
  public void createDatabase(String name) {
    createDatabase(name, SUPERUSER);
  }

  /// Makes a database that `owner` owns unless it is there.
  public void createDatabase(String name, String owner) {
    unlessThere(
        "SELECT 1 FROM pg_database WHERE datname = ?",
        name,
        "CREATE DATABASE %s OWNER %s".formatted(identifier(name), identifier(owner)));
  }

  /// Makes a role that may log in, unless it is there.
  public void createRole(String name, String password) {
    unlessThere(
        "SELECT 1 FROM pg_roles WHERE rolname = ?",
        name,
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(identifier(name), literal(password)));
  }

  /// Stops it in order.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Expected PostgreSQL on port %d to stop, but %s".formatted(port, e.getMessage()), e);
    }
  }

  private void unlessThere(String question, String name, String otherwise) {
    try (Connection connection = connect(SUPERUSER);
        PreparedStatement ask = connection.prepareStatement(question)) {
      ask.setString(1, name);
      try (ResultSet answer = ask.executeQuery();
          Statement make = connection.createStatement()) {
        if (!answer.next()) {
          make.execute(otherwise);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Expected to make %s on port %d, but PostgreSQL answered %s"
              .formatted(name, port, e.getSQLState()),
          e);
    }
  }

  private static String identifier(String name) {
    return quoted(() -> Utils.escapeIdentifier(null, name));
  }

  private static String literal(String value) {
    return quoted(() -> Utils.escapeLiteral(null, value, true));
  }

  private static String quoted(Quoting quoting) {
    try {
      return quoting.quote().toString();
    } catch (SQLException e) {
      throw new IllegalArgumentException("Expected text without a zero byte", e);
    }
  }

  private interface Quoting {
    CharSequence quote() throws SQLException;
  }
}
