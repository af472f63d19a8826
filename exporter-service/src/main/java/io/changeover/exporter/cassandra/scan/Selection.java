package io.changeover.exporter.cassandra.scan;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What is asked of each row of a table, and where the answer has it: first the columns, then the
/// token, then what is told of the cells.
public final class Selection {

  /// What to ask about a row beside its values.
  public enum Times {
    /// Nothing.
    NONE,
    /// The time to live of every cell.
    TTL,
    /// Write time and time to live of every cell.
    ALL
  }

  private final Table table;
  private final List<Column> columns;
  private final List<String> terms;
  private final int[] writetime;
  private final int[] ttl;
  private final boolean[] listed;

  private Selection(Table table, List<Column> columns) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.terms = new ArrayList<>(columns.stream().map(Column::quoted).toList());
    this.writetime = new int[columns.size()];
    this.ttl = new int[columns.size()];
    this.listed = new boolean[columns.size()];
    Arrays.fill(writetime, -1);
    Arrays.fill(ttl, -1);
    terms.add(
        table.partitionKey().stream()
            .map(Column::quoted)
            .collect(Collectors.joining(", ", "token(", ")")));
  }

  /// Asks for these columns.
  ///
  /// @param columns the key first
  /// @param collections whether the server tells the times of whole collections
  public static Selection of(Table table, List<Column> columns, Times times, boolean collections) {
    Selection selection = new Selection(table, columns);
    for (int i = 0; i < columns.size() && times != Times.NONE; i++) {
      Column column = columns.get(i);
      if (!column.isKey() && (!column.isMultiCell() || collections)) {
        selection.ask(i, column, times);
      }
    }
    return selection;
  }

  private void ask(int i, Column column, Times times) {
    listed[i] = column.isMultiCell();
    if (times == Times.ALL) {
      writetime[i] = terms.size();
      terms.add((listed[i] ? "maxwritetime(" : "writetime(") + column.quoted() + ")");
    }
    ttl[i] = terms.size();
    terms.add("ttl(" + column.quoted() + ")");
  }

  /// The table.
  public Table table() {
    return table;
  }

  /// The columns, key first.
  public List<Column> columns() {
    return columns;
  }

  /// The terms after `SELECT`.
  String terms() {
    return String.join(", ", terms);
  }

  int token() {
    return columns.size();
  }

  /// Where the write time of a column stands, or -1.
  int writetime(int column) {
    return writetime[column];
  }

  /// Where the time to live of a column stands, or -1.
  int ttl(int column) {
    return ttl[column];
  }

  /// Whether the time to live comes as a list, one for each element.
  boolean listed(int column) {
    return listed[column];
  }
}
