package io.changeover.exporter.cassandra.catalog;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `system_schema` and Kong's `schema_meta`.
public final class CatalogReader {

  private static final String META = "schema_meta";

  private final CqlSession session;

  public CatalogReader(CqlSession session) {
    this.session = session;
  }

  /// What the keyspace holds.
  ///
  /// @throws MissingKeyspaceException when there is none of that name
  public KeyspaceCatalog read(String keyspace) {
    if (rows("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace)
        .isEmpty()) {
      throw new MissingKeyspaceException(keyspace);
    }
    Row local =
        rows("SELECT partitioner, release_version FROM system.local WHERE key = ?", "local")
            .getFirst();
    String partitioner = text(local, "partitioner");
    SortedMap<String, Table> tables = tables(keyspace);
    return new KeyspaceCatalog(
        keyspace,
        partitioner.substring(partitioner.lastIndexOf('.') + 1),
        text(local, "release_version"),
        tables,
        tables.containsKey(META)
            ? migrations(keyspace)
            : new KeyspaceCatalog.Migrations(Map.of(), Map.of()));
  }

  private SortedMap<String, Table> tables(String keyspace) {
    Map<String, List<Column>> columns = new HashMap<>();
    for (Row row :
        rows(
            "SELECT table_name, column_name, kind, position, type, clustering_order"
                + " FROM system_schema.columns WHERE keyspace_name = ?",
            keyspace)) {
      columns.computeIfAbsent(text(row, "table_name"), _ -> new ArrayList<>()).add(column(row));
    }
    SortedMap<String, Table> tables = new TreeMap<>();
    for (Row row :
        rows(
            "SELECT table_name, id, default_time_to_live"
                + " FROM system_schema.tables WHERE keyspace_name = ?",
            keyspace)) {
      String name = text(row, "table_name");
      tables.put(
          name,
          new Table(
              name,
              Objects.requireNonNull(row.getUuid("id")),
              columns.getOrDefault(name, List.of()),
              row.getInt("default_time_to_live")));
    }
    return tables;
  }

  private static Column column(Row row) {
    return new Column(
        text(row, "column_name"),
        text(row, "type"),
        Column.Role.of(text(row, "kind")),
        row.getInt("position"),
        text(row, "clustering_order").equals("desc"));
  }

  private KeyspaceCatalog.Migrations migrations(String keyspace) {
    Map<String, Set<String>> executed = new HashMap<>();
    Map<String, Set<String>> pending = new HashMap<>();
    for (Row row :
        rows(
            "SELECT subsystem, executed, pending FROM %s.%s WHERE key = ?"
                .formatted(Names.quoted(keyspace), META),
            META)) {
      String subsystem = text(row, "subsystem");
      executed.put(subsystem, Set.copyOf(row.getSet("executed", String.class)));
      Set<String> waiting = Set.copyOf(row.getSet("pending", String.class));
      if (!waiting.isEmpty()) {
        pending.put(subsystem, waiting);
      }
    }
    return new KeyspaceCatalog.Migrations(executed, pending);
  }

  private List<Row> rows(String query, String parameter) {
    return session.execute(SimpleStatement.newInstance(query, parameter)).all();
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNullElse(row.getString(column), "");
  }
}
