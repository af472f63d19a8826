package io.changeover.exporter.kongyml;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the file does not carry, counted while it is written. Safe for several threads.
public final class Losses {

  /// What gets lost.
  public enum Kind {
    /// Workspaces beside `default`.
    WORKSPACES("workspaces"),
    /// Entities of other workspaces, which will be in `default`.
    FLATTENED("flattened"),
    /// Entities with a time to live, which will live for ever.
    PERMANENT("permanent"),
    /// Older versions of targets.
    OLDER_TARGETS("olderTargets"),
    /// Entities whose `created_at` has parts of a second.
    FRACTIONS("fractions"),
    /// Values of columns that the file has no field for.
    COLUMNS("columns"),
    /// Tables with rows that the file has no list for.
    TABLES("tables");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// As the fact `dump.loses` has it.
    public String word() {
      return word;
    }
  }

  private final Map<Kind, Long> counts = new TreeMap<>();
  private final SortedMap<String, Long> names = new TreeMap<>();

  /// Counts.
  public void add(Kind kind, long more) {
    synchronized (counts) {
      counts.merge(kind, more, Long::sum);
    }
  }

  /// Counts values of a column, or rows of a table, under its name.
  public void add(Kind kind, String name, long more) {
    add(kind, more);
    synchronized (counts) {
      names.merge(name, more, Long::sum);
    }
  }

  /// By kind, zeros included.
  public SortedMap<String, Long> counts() {
    synchronized (counts) {
      SortedMap<String, Long> all = new TreeMap<>();
      for (Kind kind : Kind.values()) {
        all.put(kind.word(), counts.getOrDefault(kind, 0L));
      }
      return all;
    }
  }

  /// Columns and tables that are not carried, with values and rows.
  public SortedMap<String, Long> names() {
    synchronized (counts) {
      return new TreeMap<>(names);
    }
  }

  /// `kind=count` separated by commas, then `name:rows` of tables and columns.
  public static String text(Map<String, Long> counts, Map<String, Long> names) {
    String all =
        new TreeMap<>(counts)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    return names.isEmpty()
        ? all
        : all
            + ";"
            + new TreeMap<>(names)
                .entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(","));
  }
}
