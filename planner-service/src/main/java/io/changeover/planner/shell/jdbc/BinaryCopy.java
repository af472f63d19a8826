package io.changeover.planner.shell.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.copy.CopyIn;

/// Rows in PostgreSQL's binary COPY format.
///
/// Source: PostgreSQL 17 documentation, "COPY", "Binary Format".
final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };

  /// PostgreSQL counts microseconds from 2000-01-01T00:00:00Z.
  private static final long EPOCH_SECONDS = 946_684_800L;

  private static final int CHUNK = 1 << 16;

  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(CHUNK);
  private final DataOutputStream out = new DataOutputStream(buffer);
  private final int columns;

  /// @param columns of each row
  BinaryCopy(int columns) {
    this.columns = columns;
    write(
        () -> {
          out.write(SIGNATURE);
          out.writeInt(0);
          out.writeInt(0);
        });
  }

  void row() {
    write(() -> out.writeShort(columns));
  }

  void int4(int value) {
    write(
        () -> {
          out.writeInt(Integer.BYTES);
          out.writeInt(value);
        });
  }

  void int8(long value) {
    write(
        () -> {
          out.writeInt(Long.BYTES);
          out.writeLong(value);
        });
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void timestamp(Instant value) {
    int8((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000L + value.getNano() / 1_000);
  }

  void bytes(byte[] value) {
    write(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  /// Ends the rows and hands them over.
  void writeTo(CopyIn copy) throws SQLException {
    write(() -> out.writeShort(-1));
    byte[] all = buffer.toByteArray();
    for (int from = 0; from < all.length; from += CHUNK) {
      copy.writeToCopy(all, from, Math.min(CHUNK, all.length - from));
    }
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected memory to take bytes", e);
    }
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }
}
