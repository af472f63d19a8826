package io.changeover.migrator.observe;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tables and columns of a keyspace, with the columns' types.
public record Catalogue(SortedMap<String, SortedMap<String, String>> tables) {

  public Catalogue {
    TreeMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    tables.forEach(
        (table, columns) ->
            copy.put(table, Collections.unmodifiableSortedMap(new TreeMap<>(columns))));
    tables = Collections.unmodifiableSortedMap(copy);
  }

  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /// The columns of one table; none where there is no such table.
  public Set<String> columns(String table) {
    SortedMap<String, String> columns = tables.get(table);
    return columns == null ? Set.of() : columns.keySet();
  }

  /// What is here and not there, or of another type there: `table`, `table.column`.
  public Set<String> lostIn(Catalogue other) {
    TreeSet<String> lost = new TreeSet<>();
    tables.forEach(
        (table, columns) -> {
          Map<String, String> there = other.tables.get(table);
          if (there == null) {
            lost.add(table);
          } else {
            columns.forEach(
                (column, type) -> {
                  if (!type.equals(there.get(column))) {
                    lost.add(table + "." + column);
                  }
                });
          }
        });
    return lost;
  }
}
