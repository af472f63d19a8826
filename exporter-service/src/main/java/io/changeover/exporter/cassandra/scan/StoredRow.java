package io.changeover.exporter.cassandra.scan;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row as the server sent it: values as their bytes.
public final class StoredRow {

  private final Selection selection;
  private final Row row;
  private final long readAt;

  StoredRow(Selection selection, Row row, long readAt) {
    this.selection = selection;
    this.row = row;
    this.readAt = readAt;
  }

  /// What was asked.
  public Selection selection() {
    return selection;
  }

  /// When its page arrived, in milliseconds since 1970: times to live count from here.
  public long readAt() {
    return readAt;
  }

  /// The bytes of a column; null where the row has none. Read them without moving the buffer.
  public @Nullable ByteBuffer value(int column) {
    return row.getBytesUnsafe(column);
  }

  /// The text of a text column; empty where the row has none.
  public String text(int column) {
    ByteBuffer bytes = row.getBytesUnsafe(column);
    return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /// The place of its partition on the ring.
  public long token() {
    ByteBuffer token = row.getBytesUnsafe(selection.token());
    return token == null ? Long.MIN_VALUE : token.getLong(token.position());
  }

  /// When the cell was written, in microseconds since 1970.
  ///
  /// @return [Long#MIN_VALUE] where nobody knows: no such cell, or a server that does not tell
  public long writetime(int column) {
    int at = selection.writetime(column);
    ByteBuffer micros = at < 0 ? null : row.getBytesUnsafe(at);
    return micros == null ? Long.MIN_VALUE : micros.getLong(micros.position());
  }

  /// Whether write time and time to live of the column are known where it has a value.
  public boolean tellsTimes(int column) {
    return selection.ttl(column) >= 0;
  }

  /// The seconds that the cell had left when it was read; 0 for ever.
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
