package io.changeover.exporter.cassandra.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a keyspace holds.
///
/// @param partitioner the class's simple name; token ranges need `Murmur3Partitioner`
/// @param release of the server that was asked, such as `3.11.19`
/// @param tables by name
/// @param migrations what Kong says of its own schema
public record KeyspaceCatalog(
    String keyspace,
    String partitioner,
    String release,
    SortedMap<String, Table> tables,
    Migrations migrations) {

  public KeyspaceCatalog {
    tables = new TreeMap<>(tables);
  }

  /// The table of that name.
  public Optional<Table> table(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  /// Whether the server tells write time and time to live of whole collections: since 5.0.
  public boolean tellsCollectionTimes() {
    int dot = release.indexOf('.');
    try {
      return dot > 0 && Integer.parseInt(release.substring(0, dot)) >= 5;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// Kong's `schema_meta`.
  ///
  /// @param executed names by subsystem; empty where Kong has never bootstrapped
  /// @param pending names by subsystem, only where there are some
  public record Migrations(Map<String, Set<String>> executed, Map<String, Set<String>> pending) {
    public Migrations {
      executed = Map.copyOf(executed);
      pending = Map.copyOf(pending);
    }
  }
}
