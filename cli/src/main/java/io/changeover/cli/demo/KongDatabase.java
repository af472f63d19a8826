package io.changeover.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The cluster's database: its roles, and a digest of the configuration in it.
final class KongDatabase {
  /// Tables whose rows are not configuration: bookkeeping, events, counters.
  private static final String NOT_CONFIGURATION =
      "('schema_meta','locks','cluster_events','ratelimiting_metrics','response_ratelimiting_metrics',"
          + "'sessions','ttls','clustering_data_planes')";

  private final int port;

  KongDatabase(int port) {
    this.port = port;
  }

  /// Columns by table, as they are now.
  ///
  /// @param columns what [#digest] looks at
  record Shape(Map<String, List<String>> columns) {}

  /// Makes the roles and the database. Blue has a role of its own, so that its login can be taken
  /// away.
  void create() {
    run(
        "postgres",
        "CREATE ROLE %s LOGIN CREATEROLE PASSWORD '%s'".formatted(Topology.ROLE, Topology.PASSWORD),
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(Topology.BLUE_ROLE, Topology.PASSWORD),
        "GRANT %s TO %s WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
            .formatted(Topology.BLUE_ROLE, Topology.ROLE),
        "CREATE DATABASE %s OWNER %s".formatted(Topology.DATABASE, Topology.ROLE));
    run(
        Topology.DATABASE,
        "ALTER SCHEMA public OWNER TO " + Topology.ROLE,
        "GRANT USAGE, CREATE ON SCHEMA public TO " + Topology.BLUE_ROLE,
        "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA public GRANT ALL ON TABLES TO %s"
            .formatted(Topology.ROLE, Topology.BLUE_ROLE));
  }

  /// What the configuration's tables look like now.
  Shape shape() {
    Map<String, List<String>> columns = new TreeMap<>();
    ask(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
            + " 'public' AND table_name NOT IN "
            + NOT_CONFIGURATION
            + " ORDER BY table_name, column_name",
        row ->
            columns
                .computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                .add(row.getString(2)));
    return new Shape(columns);
  }

  /// A digest of every row in those tables and columns: equal digests, nothing lost and nothing
  /// changed.
  Map<String, String> digest(Shape shape) {
    Map<String, String> digests = new TreeMap<>();
    shape
        .columns()
        .forEach(
            (table, columns) ->
                ask(
                    "SELECT count(*) || '/' || coalesce(md5(string_agg(r::text, E'\\n"
                        + "' ORDER BY r::text)), '')"
                        + " FROM (SELECT \"%s\" FROM \"%s\") r"
                            .formatted(String.join("\", \"", columns), table),
                    row -> digests.put(table, row.getString(1))));
    return digests;
  }

  /// What `schema_meta` says of a subsystem: its migrations that are done, and those that wait.
  ///
  /// @return empty where it has no row
  Optional<String> migrations(String subsystem) {
    List<String> rows = new ArrayList<>();
    ask(
        "SELECT executed::text || ' ' || coalesce(pending::text, '{}') FROM schema_meta WHERE"
            + " subsystem = '"
            + subsystem
            + "'",
        row -> rows.add(row.getString(1)));
    return rows.stream().findFirst();
  }

  private void ask(String question, Row each) {
    try (Connection connection = connect(Topology.DATABASE);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        each.take(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Expected to read the cluster's database, but " + e.getMessage(), e);
    }
  }

  private void run(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "Expected to make the cluster's database, but " + e.getMessage(), e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&connectTimeout=10&socketTimeout=60"
            .formatted(port, database));
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }
}
