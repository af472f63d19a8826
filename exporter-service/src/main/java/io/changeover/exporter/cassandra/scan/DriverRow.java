package io.changeover.exporter.cassandra.scan;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row as the server sent it.
final class DriverRow implements StoredRow {

  private final Selection selection;
  private final Row row;
  private final long readAt;

  DriverRow(Selection selection, Row row, long readAt) {
    this.selection = selection;
    this.row = row;
    this.readAt = readAt;
  }

  @Override
  public long readAt() {
    return readAt;
  }

  @Override
  public @Nullable ByteBuffer value(int column) {
    return row.getBytesUnsafe(column);
  }

  @Override
  public long token() {
    ByteBuffer token = row.getBytesUnsafe(selection.token());
    return token == null ? Long.MIN_VALUE : token.getLong(token.position());
  }

  @Override
  public long writetime(int column) {
    int at = selection.writetime(column);
    ByteBuffer micros = at < 0 ? null : row.getBytesUnsafe(at);
    return micros == null ? Long.MIN_VALUE : micros.getLong(micros.position());
  }

  @Override
  public boolean tellsTimes(int column) {
    return selection.ttl(column) >= 0;
  }

  @Override
  public int ttl(int column) {
    int at = selection.ttl(column);
    ByteBuffer seconds = at < 0 ? null : row.getBytesUnsafe(at);
    if (seconds == null) {
      return 0;
    }
    return selection.listed(column)
        ? longest(row.getList(at, Integer.class))
        : seconds.getInt(seconds.position());
  }

  /// Elements without an end make the whole endless.
  private static int longest(@Nullable List<@Nullable Integer> ttls) {
    int longest = 0;
    if (ttls != null) {
      for (Integer ttl : ttls) {
        if (ttl == null) {
          return 0;
        }
        longest = Math.max(longest, ttl);
      }
    }
    return longest;
  }
}
