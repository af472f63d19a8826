package io.changeover.exporter.cassandra.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One row: values as their bytes, in the order of the columns that were asked for, key first.
public interface StoredRow {

  /// When it was read, in milliseconds since 1970: times to live count from here.
  long readAt();

  /// The bytes of a column; null where the row has none. Read them without moving the buffer.
  @Nullable ByteBuffer value(int column);

  /// The text of a text column; empty where the row has none.
  default String text(int column) {
    ByteBuffer bytes = value(column);
    return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /// The place of its partition on the ring.
  long token();

  /// When the cell was written, in microseconds since 1970.
  ///
  /// @return [Long#MIN_VALUE] where nobody knows: no such cell, or a server that does not tell
  long writetime(int column);

  /// Whether write time and time to live of the column are known where it has a value.
  boolean tellsTimes(int column);

  /// The seconds that the cell had left when it was read; 0 for ever.
  int ttl(int column);
}
