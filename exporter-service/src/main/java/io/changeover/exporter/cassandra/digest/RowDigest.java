package io.changeover.exporter.cassandra.digest;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The SHA-256 of a row's normal values under their names. For one thread.
public final class RowDigest {

  private static final int START = 1024;

  private final MessageDigest sha;
  private final byte[] table;
  private final Column[] columns;
  private final int[] order;
  private final int[] names;
  private final byte[] digest = new byte[32];
  private byte[] scratch = new byte[START];
  private int length;

  /// For rows of one table.
  ///
  /// @param columns as rows have them
  public RowDigest(String table, List<Column> columns) {
    this.sha = sha256();
    this.table = table.getBytes(StandardCharsets.UTF_8);
    this.columns = columns.toArray(Column[]::new);
    this.order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(i -> columns.get(i).name()))
            .mapToInt(Integer::intValue)
            .toArray();
    this.names = columns.stream().mapToInt(column -> column.name().hashCode()).toArray();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }

  /// The row's digest; the array is used again by the next call.
  public byte[] of(StoredRow row) {
    length = 0;
    put(table);
    for (int i : order) {
      ByteBuffer value = Normal.of(columns[i], row.value(i));
      if (value != null) {
        putInt(names[i]);
        put(value);
      }
    }
    return digest();
  }

  private byte[] digest() {
    sha.update(scratch, 0, length);
    try {
      sha.digest(digest, 0, digest.length);
      return digest;
    } catch (DigestException e) {
      throw new AssertionError("32 bytes are enough", e);
    }
  }

  private void put(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, scratch, length, bytes.length);
    length += bytes.length;
  }

  private void put(ByteBuffer value) {
    int size = value.remaining();
    putInt(size);
    room(size);
    value.get(value.position(), scratch, length, size);
    length += size;
  }

  private void putInt(int value) {
    room(4);
    scratch[length++] = (byte) (value >>> 24);
    scratch[length++] = (byte) (value >>> 16);
    scratch[length++] = (byte) (value >>> 8);
    scratch[length++] = (byte) value;
  }

  private void room(int more) {
    if (scratch.length - length < more) {
      scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, length + more));
    }
  }

  /// A UUID column's value as text; empty for none.
  public static String uuid(@Nullable ByteBuffer value) {
    if (value == null || value.remaining() != 16) {
      return "";
    }
    int at = value.position();
    return new java.util.UUID(value.getLong(at), value.getLong(at + 8)).toString();
  }
}
