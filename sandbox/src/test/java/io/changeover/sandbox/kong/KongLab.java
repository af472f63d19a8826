package io.changeover.sandbox.kong;

import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A PostgreSQL server with databases in every state that a situation may ask for, and commands run
/// against them in this process.
final class KongLab implements AutoCloseable {
  /// What a command said.
  record Said(int exit, String out, String err) {}

  static final String CLOSED_PORT = Integer.toString(closedPort());

  private final EmbeddedPostgresServer server;
  private final ServerSocket silent;
  private final Path dir;
  private final Set<String> templates = new HashSet<>();
  private final Map<String, String> read = new HashMap<>();
  private final Set<Path> prefixes = new HashSet<>();
  private int count;

  private KongLab(EmbeddedPostgresServer server, ServerSocket silent, Path dir) {
    this.server = server;
    this.silent = silent;
    this.dir = dir;
  }

  static KongLab open(Path dir) throws IOException, SQLException {
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dir.resolve("pg"), 0);
    ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    KongLab lab = new KongLab(server, silent, dir);
    lab.sql("postgres", "postgres", "CREATE ROLE kong LOGIN PASSWORD 'kong'");
    lab.sql("postgres", "postgres", "CREATE ROLE guarded LOGIN PASSWORD 'right'");
    Path rules = dir.resolve("pg/postgres/pg_hba.conf");
    Files.writeString(rules, "host all guarded 127.0.0.1/32 md5\n" + Files.readString(rules));
    // Nothing here has to survive anything: hundreds of databases are copied.
    lab.sql("postgres", "postgres", "ALTER SYSTEM SET fsync = off");
    lab.sql("postgres", "postgres", "ALTER SYSTEM SET synchronous_commit = off");
    lab.sql("postgres", "postgres", "ALTER SYSTEM SET full_page_writes = off");
    lab.sql("postgres", "postgres", "SELECT pg_reload_conf()");
    return lab;
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int silentPort() {
    return silent.getLocalPort();
  }

  int port() {
    return server.port();
  }

  /// A database in that state which nobody may change. It is a copy of the template, which could
  /// not be copied while somebody reads it.
  synchronized String shared(String state, String version) throws SQLException {
    if (state.equals("none") || state.equals("empty")) {
      return database(state, version);
    }
    String key = state + " " + version;
    String known = read.get(key);
    if (known == null) {
      known = database(state, version);
      read.put(key, known);
    }
    return known;
  }

  /// A new database in that state.
  synchronized String database(String state, String version) throws SQLException {
    String name = "db" + ++count;
    if (state.equals("none")) {
      return name;
    }
    String template = state.equals("empty") ? "template1" : template(state, version);
    sql(
        "postgres",
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER kong");
    if (state.equals("empty")) {
      sql(name, "postgres", "ALTER SCHEMA public OWNER TO kong");
    }
    return name;
  }

  private String template(String state, String version) throws SQLException {
    String name = ("t_" + state + "_" + version).replaceAll("[.-]", "_");
    if (templates.add(name)) {
      sql("postgres", "postgres", "CREATE DATABASE " + name + " OWNER kong");
      sql(name, "postgres", "ALTER SCHEMA public OWNER TO kong");
      for (String step : steps(state, version)) {
        prepare(name, step);
      }
    }
    return name;
  }

  private static List<String> steps(String state, String version) {
    return switch (state) {
      case "done" -> List.of(version + " bundled bootstrap");
      case "done-2.1.4" -> List.of("2.1.4 bundled bootstrap");
      case "pending" -> List.of("2.1.4 bundled bootstrap", "2.2.2 bundled up");
      case "finished" ->
          List.of("2.1.4 bundled bootstrap", "2.2.2 bundled up", "2.2.2 bundled finish");
      case "key-auth" -> List.of(version + " key-auth bootstrap");
      case "one-pending" -> List.of(version + " key-auth bootstrap", version + " key-auth,acl up");
      case "core-pending" -> List.of("2.1.4 key-auth bootstrap", "2.2.2 key-auth up");
      default -> throw new IllegalArgumentException("Expected a known state, but got " + state);
    };
  }

  private void prepare(String database, String step) {
    String[] words = step.split(" ", -1);
    Map<String, String> env = environment(database, dir.resolve("none"));
    env.put("KONG_PLUGINS", words[1]);
    Said said = run(words[0], List.of("migrations", words[2]), env);
    if (said.exit() != 0) {
      throw new IllegalStateException("Expected " + step + " to work, but it said " + said);
    }
  }

  /// The settings of a command on that database, with a prefix and ports of its own.
  synchronized Map<String, String> environment(String database, Path prefix) {
    Map<String, String> env = new HashMap<>();
    env.put("KONG_PG_HOST", "127.0.0.1");
    env.put("KONG_PG_PORT", Integer.toString(server.port()));
    env.put("KONG_PG_USER", "kong");
    env.put("KONG_PG_PASSWORD", "kong");
    env.put("KONG_PG_DATABASE", database);
    env.put("KONG_PREFIX", prefix.toString());
    for (String listen : List.of("KONG_PROXY_LISTEN", "KONG_ADMIN_LISTEN", "KONG_STATUS_LISTEN")) {
      env.put(listen, "127.0.0.1:" + closedPort());
    }
    prefixes.add(prefix);
    return env;
  }

  synchronized Path prefix() {
    return dir.resolve("prefix" + ++count);
  }

  static Said run(String version, List<String> command, Map<String, String> env) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        KongMain.run(
            Profile.of(version),
            command,
            env,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  void sql(String database, String user, String... statements) throws SQLException {
    try (Connection connection = connect(database, user);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  List<String> query(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, "kong");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + server.port()
            + "/"
            + database
            + "?sslmode=disable&user="
            + user
            + "&password="
            + user);
  }

  /// Ends the node behind a prefix, if there is one.
  static void end(Path prefix) {
    try {
      String pid = Files.readString(prefix.resolve("pids/nginx.pid")).strip();
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      // Never started, or ended by itself.
    }
  }

  @Override
  public void close() throws IOException {
    prefixes.forEach(KongLab::end);
    silent.close();
    server.close();
  }
}
