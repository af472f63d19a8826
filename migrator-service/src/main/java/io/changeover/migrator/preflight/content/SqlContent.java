package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.observe.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Tables in PostgreSQL.
///
/// @param connection its search path is Kong's schema
public record SqlContent(Connection connection) implements Content<SQLException> {

  private static final int PAGE = 2000;

  @Override
  public boolean has(String table, String column) throws SQLException {
    String sql =
        "SELECT 1 FROM information_schema.columns"
            + " WHERE table_schema = current_schema() AND table_name = ? AND column_name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      statement.setString(2, column);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public boolean any(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM " + Database.quoted(table) + " LIMIT 1")) {
      return row.next();
    }
  }

  /// In one transaction, since the driver reads page by page only in one.
  @Override
  public List<JsonNode> rows(String table, List<String> columns, Predicate<JsonNode> wanted)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      return read(table, columns, wanted);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private List<JsonNode> read(String table, List<String> columns, Predicate<JsonNode> wanted)
      throws SQLException {
    String sql =
        "SELECT to_jsonb(t)::text FROM (SELECT %s FROM %s) t"
            .formatted(
                String.join(", ", columns.stream().map(Database::quoted).toList()),
                Database.quoted(table));
    List<JsonNode> kept = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(PAGE);
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          JsonNode one = Json.read(row.getString(1));
          if (wanted.test(one)) {
            kept.add(one);
          }
        }
      }
    }
    return kept;
  }
}
