package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/// Kong's tables, read only.
///
/// @param <X> how a question fails
public interface Content<X extends Exception> {

  /// Whether there is such a column.
  boolean has(String table, String column) throws X;

  /// Whether the table has any row; it must be there.
  boolean any(String table) throws X;

  /// Reads the whole table and keeps the rows that are wanted, each an object of these columns.
  List<JsonNode> rows(String table, List<String> columns, Predicate<JsonNode> wanted) throws X;
}
