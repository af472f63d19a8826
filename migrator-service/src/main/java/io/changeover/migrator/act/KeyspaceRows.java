package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.KeyspaceContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks whether a new keyspace holds rows of anybody's, a few of each table. A row that blue's
/// keyspace has under the same key came from a copy; the workspace `default` and Enterprise's own
/// roles come from a bootstrap; everything else is somebody's.
public final class KeyspaceRows {

  private static final int MOST = 50;

  private record Key(String table, List<String> columns) {

    String select(String keyspace, String tail) {
      String list = columns.stream().map(Keyspaces::quoted).collect(Collectors.joining(", "));
      return "SELECT "
          + list
          + " FROM "
          + Keyspaces.quoted(keyspace)
          + "."
          + Keyspaces.quoted(table)
          + tail;
    }

    String where() {
      return columns.stream()
          .map(column -> Keyspaces.quoted(column) + " = ?")
          .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }
  }

  private final CqlSession green;
  private final Optional<CqlSession> blue;
  private final String keyspace;
  private final String blueKeyspace;
  private final List<String> foreign = new ArrayList<>();
  private long foreignRows;
  private long copied;

  private KeyspaceRows(
      CqlSession green, Optional<CqlSession> blue, String keyspace, String blueKeyspace) {
    this.green = green;
    this.blue = blue;
    this.keyspace = keyspace;
    this.blueKeyspace = blueKeyspace;
  }

  /// One look; never throws for what it could not read.
  public static KeyspaceContent look(KeyspaceStore place, Duration answer) {
    return looked(
        place.store(),
        () -> {
          try (CqlSession green = Keyspaces.open(place.store(), answer);
              CqlSession blue = Keyspaces.open(place.blue(), answer)) {
            return new KeyspaceRows(
                    green, Optional.of(blue), place.store().keyspace(), place.blue().keyspace())
                .look();
          }
        });
  }

  /// One look at a keyspace that nobody else's is copied to.
  public static KeyspaceContent alone(CassandraStore store, Duration answer) {
    return looked(
        store,
        () -> {
          try (CqlSession session = Keyspaces.open(store, answer)) {
            return new KeyspaceRows(session, Optional.empty(), store.keyspace(), "").look();
          }
        });
  }

  private static KeyspaceContent looked(CassandraStore store, Supplier<KeyspaceContent> look) {
    try {
      return look.get();
    } catch (DriverException | UnresolvedSecretException | IllegalStateException e) {
      return new KeyspaceContent.Unreadable(
          CqlFailures.doubt("looking for rows in keyspace " + store.keyspace(), e));
    }
  }

  private KeyspaceContent look() {
    Set<String> blues =
        blue.map(session -> KeyspaceTables.tables(session, blueKeyspace)).orElse(Set.of());
    for (String table : KeyspaceTables.tables(green, keyspace)) {
      if (!OwnRows.saysNothing(table)) {
        look(table, blues.contains(table));
      }
    }
    return foreignRows == 0
        ? new KeyspaceContent.Fresh(copied)
        : new KeyspaceContent.Foreign(foreignRows, foreign);
  }

  private void look(String table, boolean atBlue) {
    Key key = new Key(table, key(table));
    List<Row> unknown = new ArrayList<>();
    for (Row row : green.execute(key.select(keyspace, " LIMIT " + MOST))) {
      if (atBlue && isBlues(key, row)) {
        copied++;
      } else {
        unknown.add(row);
      }
    }
    long own = defaults(table, unknown);
    if (unknown.size() > own) {
      foreignRows += unknown.size() - own;
      foreign.add(table);
    }
  }

  /// The bootstrap writes one workspace, called `default`, under a random id.
  private long defaults(String table, List<Row> rows) {
    if (!table.equals(OwnRows.WORKSPACES)) {
      return 0;
    }
    long named =
        rows.stream()
            .map(
                row ->
                    green
                        .execute(
                            Keyspaces.on(
                                keyspace,
                                "SELECT name FROM %s.workspaces WHERE id = ?",
                                row.getUuid(0)))
                        .one())
            .filter(row -> row != null && "default".equals(row.getString(0)))
            .count();
    return Math.min(1, named);
  }

  private boolean isBlues(Key key, Row row) {
    CqlSession session = blue.orElseThrow();
    PreparedStatement question = session.prepare(key.select(blueKeyspace, key.where()));
    BoundStatement bound = question.bind();
    for (int i = 0; i < key.columns().size(); i++) {
      bound = bound.setBytesUnsafe(i, row.getBytesUnsafe(i));
    }
    return session.execute(bound).one() != null;
  }

  /// The table's primary key, as the catalogue orders it.
  private List<String> key(String table) {
    List<String> columns = new ArrayList<>();
    for (String kind : List.of("partition_key", "clustering")) {
      green
          .execute(
              "SELECT column_name, kind, position FROM system_schema.columns"
                  + " WHERE keyspace_name = ? AND table_name = ?",
              keyspace,
              table)
          .all()
          .stream()
          .filter(row -> kind.equals(row.getString(1)))
          .sorted(java.util.Comparator.comparingInt(row -> row.getInt(2)))
          .forEach(row -> columns.add(String.valueOf(row.getString(0))));
    }
    return List.copyOf(columns);
  }
}
