package io.changeover.migrator.act;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A SHA-256 over the configuration that a Kong database of PostgreSQL holds, whatever the order of
/// its rows, the same before and after `up` and `finish` when nobody changed anything.
///
/// Left out: what Kong counts, caches and remembers, rows with a time to live, columns that are
/// null (a migration adds such columns), and of several rows for one target all but the newest,
/// since only that one is in force and `finish` deletes the others.
public final class ConfigurationDigest {

  /// Tables that are no configuration, beside those that Kong writes by itself.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "ttls",
          "rl_counters",
          "sessions",
          "oauth2_tokens",
          "oauth2_authorization_codes",
          "acme_storage",
          "login_attempts");

  private static final List<String> LEFT_OUT_PREFIXES = List.of("vitals_", "audit_");

  private static final int FETCH = 1000;

  /// What was computed.
  ///
  /// @param sha256 hex
  /// @param rows counted in it
  public record Digest(String sha256, long rows) {}

  private record Table(String name, Set<String> columns) {}

  private ConfigurationDigest() {}

  /// Reads everything once, in one snapshot, a row at a time.
  public static Digest of(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      MessageDigest whole = RowSum.sha256();
      long rows = 0;
      for (Table table : tables(connection)) {
        RowSum sum = sum(connection, table);
        sum.into(whole, table.name());
        rows += sum.rows();
      }
      return new Digest(HexFormat.of().formatHex(whole.digest()), rows);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    ArrayList<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT c.relname, array_agg(a.attname::text)
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                GROUP BY c.relname ORDER BY c.relname::text COLLATE "C"
                """)) {
      while (found.next()) {
        String name = found.getString(1);
        if (counts(name)) {
          tables.add(new Table(name, Set.of((String[]) found.getArray(2).getArray())));
        }
      }
    }
    return tables;
  }

  /// Tables of entities whose rows do not go by themselves.
  static List<String> workspaced(Connection connection) throws SQLException {
    return tables(connection).stream()
        .filter(table -> EntityTables.counted(table.name(), table.columns()))
        .filter(table -> !table.columns().contains("ttl"))
        .map(Table::name)
        .toList();
  }

  /// Whether a table's rows are configuration; one that nobody here has heard of is.
  static boolean counts(String table) {
    return !OwnRows.HOUSEKEEPING.contains(table)
        && !LEFT_OUT.contains(table)
        && LEFT_OUT_PREFIXES.stream().noneMatch(table::startsWith);
  }

  private static RowSum sum(Connection connection, Table table) throws SQLException {
    RowSum sum = new RowSum();
    try (PreparedStatement statement = connection.prepareStatement(query(table))) {
      statement.setFetchSize(FETCH);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          sum.add(text(row).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return sum;
  }

  private static String text(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString(1)).orElse("");
  }

  /// One text per row: jsonb sorts its keys, whatever the order of the columns.
  private static String query(Table table) {
    ArrayList<String> conditions = new ArrayList<>(List.of("true"));
    if (table.columns().contains("ttl")) {
      conditions.add("t.ttl IS NULL");
    }
    if (table.name().equals("targets")) {
      conditions.add("NOT EXISTS (" + TargetHistory.NEWER + ")");
    }
    if (table.name().equals("tags")) {
      conditions.add("t.entity_id NOT IN (" + TargetHistory.OLDER_IDS + ")");
    }
    return "SELECT (SELECT jsonb_object_agg(k, v)::text FROM jsonb_each(to_jsonb(t)) AS e(k, v)"
        + " WHERE v <> 'null'::jsonb) FROM "
        + Database.quoted(table.name())
        + " t WHERE "
        + String.join(" AND ", conditions);
  }
}
