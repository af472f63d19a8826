package io.changeover.exporter.cassandra.copy;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns a row of the source into writes that leave the target with the same cells: values as their
/// bytes, write times to the microsecond, times to live to the second. Two runs of them do the same
/// as one, and neither hides anything newer.
public final class RowWriter {

  private static final int OVERHEAD = 64;

  private final String table;
  private final List<Column> columns;
  private final int keySize;
  private final long unknownMicros;
  private final long marginMillis;
  private final PreparedStatement insert;
  private final Optional<PreparedStatement> update;

  /// Prepares the statements.
  ///
  /// @param unknownMicros the write time of cells whose time no server tells
  /// @param expiring what ends sooner is not written
  public RowWriter(Keyspace target, PlannedTable table, long unknownMicros, Duration expiring) {
    this.table = table.name();
    this.columns = table.columns();
    this.keySize = table.keySize();
    this.unknownMicros = unknownMicros;
    this.marginMillis = expiring.toMillis();
    String qualified = target.qualified(table.name());
    this.insert = target.session().prepare(insert(qualified));
    this.update =
        keySize == columns.size()
            ? Optional.empty()
            : Optional.of(target.session().prepare(update(qualified)));
  }

  private String insert(String qualified) {
    return columns.stream()
        .map(Column::quoted)
        .collect(
            Collectors.joining(
                ", ",
                "INSERT INTO " + qualified + " (",
                ") VALUES (%s) USING TIMESTAMP ? AND TTL ?"
                    .formatted(String.join(", ", columns.stream().map(_ -> "?").toList()))));
  }

  private String update(String qualified) {
    String set =
        columns.subList(keySize, columns.size()).stream()
            .map(column -> column.quoted() + " = ?")
            .collect(Collectors.joining(", "));
    String where =
        columns.subList(0, keySize).stream()
            .map(column -> column.quoted() + " = ?")
            .collect(Collectors.joining(" AND "));
    return "UPDATE %s USING TIMESTAMP ? AND TTL ? SET %s WHERE %s".formatted(qualified, set, where);
  }

  /// The writes that a row needs; none when it ends too soon. The first also makes the row itself,
  /// so that it lives as long as its longest cell.
  public List<Write> writes(StoredRow row) {
    List<Write> writes = new ArrayList<>(1);
    for (Stamps.Group group : Stamps.of(row, keySize, columns.size(), unknownMicros)) {
      if (!endsTooSoon(row, group.stamp())) {
        writes.add(new GroupWrite(row, group, writes.isEmpty()));
      }
    }
    return writes;
  }

  /// Whether a row has any cell that ends.
  public static boolean expires(StoredRow row, int columns) {
    for (int i = 0; i < columns; i++) {
      if (row.ttl(i) > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean endsTooSoon(StoredRow row, Stamp stamp) {
    return stamp.ttl() > 0
        && end(row, stamp) - System.currentTimeMillis() <= Math.max(marginMillis, 1);
  }

  private static long end(StoredRow row, Stamp stamp) {
    return row.readAt() + stamp.ttl() * 1000L;
  }

  private final class GroupWrite implements Write {
    private final StoredRow row;
    private final Stamp stamp;
    private final BitSet cells;
    private final boolean makesRow;
    private final long bytes;

    GroupWrite(StoredRow row, Stamps.Group group, boolean makesRow) {
      this.row = row;
      this.stamp = group.stamp();
      this.cells = group.columns();
      this.makesRow = makesRow;
      this.bytes = size();
    }

    private long size() {
      long size = OVERHEAD;
      for (int i = 0; i < columns.size(); i++) {
        ByteBuffer value = row.value(i);
        size += value == null ? 0 : value.remaining();
      }
      return size;
    }

    @Override
    public Optional<BoundStatement> statement(long now) {
      int ttl = 0;
      if (stamp.ttl() > 0) {
        ttl = Math.toIntExact((end(row, stamp) - now + 500) / 1000);
        if (ttl <= 0) {
          return Optional.empty();
        }
      }
      return Optional.of(makesRow || update.isEmpty() ? inserted(ttl) : updated(ttl));
    }

    private BoundStatement inserted(int ttl) {
      BoundStatementBuilder builder = insert.boundStatementBuilder();
      for (int i = 0; i < columns.size(); i++) {
        if (i < keySize || cells.get(i)) {
          builder = builder.setBytesUnsafe(i, row.value(i));
        }
      }
      return builder
          .setLong(columns.size(), stamp.micros())
          .setInt(columns.size() + 1, ttl)
          .build();
    }

    private BoundStatement updated(int ttl) {
      BoundStatementBuilder builder =
          update.orElseThrow().boundStatementBuilder().setLong(0, stamp.micros()).setInt(1, ttl);
      int values = columns.size() - keySize;
      for (int i = 0; i < columns.size(); i++) {
        int at = 2 + (i < keySize ? values + i : i - keySize);
        if (i < keySize || cells.get(i)) {
          builder = builder.setBytesUnsafe(at, row.value(i));
        }
      }
      return builder.build();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public String about() {
      return describe(table, columns, keySize, row);
    }
  }

  /// A row by its table and the parts of its key that are ids: names may be secrets.
  public static String describe(String table, List<Column> columns, int keySize, StoredRow row) {
    StringBuilder text = new StringBuilder(table);
    for (int i = 0; i < keySize; i++) {
      Column column = columns.get(i);
      ByteBuffer value = row.value(i);
      if (value != null && column.type().equals("uuid")) {
        text.append(' ').append(column.name()).append('=').append(RowDigest.uuid(value));
      } else if (value != null && column.name().equals("entity_id")) {
        text.append(" entity_id=").append(StandardCharsets.UTF_8.decode(value.duplicate()));
      }
    }
    return text.toString();
  }
}
