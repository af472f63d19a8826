package io.changeover.exporter;

import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.ForThisProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Real databases for tests, on one server for all of them.
public final class Database {

  private static final EmbeddedPostgresServer SERVER =
      ForThisProcess.start("exporter-postgres", folder -> EmbeddedPostgresServer.start(folder, 0));

  private Database() {}

  public static int port() {
    return SERVER.port();
  }

  /// The server's version, as it says it.
  public static String version() throws SQLException {
    try (Connection connection = connect("postgres")) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  public static String url(String name) {
    return SERVER.jdbcUrl(name);
  }

  public static Connection connect(String name) throws SQLException {
    return SERVER.connect(name);
  }

  /// A database that is not there yet.
  public static void create(String name) {
    SERVER.createDatabase(name);
  }

  public static void role(String name, String password) {
    SERVER.createRole(name, password);
  }

  /// A database with the tables of `kong-like.sql` in its schema `public`.
  public static void createKongLike(String name) throws Exception {
    create(name);
    execute(
        name,
        Files.readString(Path.of("src/test/resources/kong-like.sql"), StandardCharsets.UTF_8));
  }

  public static void execute(String name, String sql) throws SQLException {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /// A digest of every row of every table of a schema, by table.
  public static Map<String, String> digests(String name, String schema) throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String table :
          column(
              statement, "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'")) {
        digests.put(
            table,
            column(
                    statement,
                    "SELECT count(*) || ':' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM "
                        + schema
                        + ".\""
                        + table
                        + "\" t")
                .getFirst());
      }
    }
    return digests;
  }

  /// Definitions of every column, constraint, index, trigger and function of a schema, without the
  /// schema's name.
  public static List<String> definitions(String name, String schema) throws SQLException {
    String sql =
        """
        SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
          FROM information_schema.columns WHERE table_schema = '%1$s'
        UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
          WHERE connamespace = '%1$s'::regnamespace AND contype <> 'n'
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = '%1$s'
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
          WHERE r.relnamespace = '%1$s'::regnamespace AND NOT t.tgisinternal
        UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = '%1$s'::regnamespace
        """
            .formatted(schema);
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      return column(statement, sql).stream()
          .map(text -> text.replace(schema + ".", ""))
          .sorted()
          .toList();
    }
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
    }
    return values;
  }
}
