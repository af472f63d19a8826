package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The order in which Cassandra gives the rows of a table: token, partition key, clustering key.
/// Comparators as in its `org.apache.cassandra.db.marshal`.
final class KeyOrder implements Comparator<StoredRow> {

  private static final Comparator<ByteBuffer> UNSIGNED = KeyOrder::unsigned;

  private final int partitionKey;
  private final List<Comparator<ByteBuffer>> clustering;

  private KeyOrder(int partitionKey, List<Comparator<ByteBuffer>> clustering) {
    this.partitionKey = partitionKey;
    this.clustering = clustering;
  }

  /// The order of a table's rows.
  ///
  /// @return empty when it has a clustering column of a type whose order is not known here
  static Optional<KeyOrder> of(Table table) {
    List<Comparator<ByteBuffer>> clustering = new ArrayList<>();
    for (Column column : table.clustering()) {
      Comparator<ByteBuffer> order = order(column.type());
      if (order == null) {
        return Optional.empty();
      }
      clustering.add(column.descending() ? order.reversed() : order);
    }
    return Optional.of(new KeyOrder(table.partitionKey().size(), clustering));
  }

  private static @Nullable Comparator<ByteBuffer> order(String type) {
    return switch (type) {
      case "uuid" -> KeyOrder::uuid;
      case "timeuuid" -> KeyOrder::timeUuid;
      case "text", "ascii", "blob", "inet", "boolean", "date" -> UNSIGNED;
      case "int" -> Comparator.comparingInt(value -> value.getInt(value.position()));
      case "bigint", "timestamp", "time" ->
          Comparator.comparingLong(value -> value.getLong(value.position()));
      case "smallint" -> Comparator.comparingInt(value -> value.getShort(value.position()));
      case "tinyint" -> Comparator.comparingInt(value -> value.get(value.position()));
      default -> null;
    };
  }

  @Override
  public int compare(StoredRow one, StoredRow other) {
    int order = Long.compare(one.token(), other.token());
    for (int i = 0; order == 0 && i < partitionKey; i++) {
      order = partition(key(one, i), key(other, i));
    }
    for (int i = 0; order == 0 && i < clustering.size(); i++) {
      order = clustering.get(i).compare(key(one, partitionKey + i), key(other, partitionKey + i));
    }
    return order;
  }

  private static ByteBuffer key(StoredRow row, int column) {
    ByteBuffer value = row.value(column);
    if (value == null) {
      throw new IllegalStateException("Expected a key in each row, but one has none");
    }
    return value;
  }

  /// Keys of several columns stand with their lengths before them.
  private int partition(ByteBuffer one, ByteBuffer other) {
    int order = partitionKey == 1 ? 0 : Integer.compare(one.remaining(), other.remaining());
    return order != 0 ? order : unsigned(one, other);
  }

  private static int unsigned(ByteBuffer one, ByteBuffer other) {
    int at = one.mismatch(other);
    if (at < 0) {
      return 0;
    }
    if (at >= one.remaining() || at >= other.remaining()) {
      return Integer.compare(one.remaining(), other.remaining());
    }
    return Integer.compare(
        one.get(one.position() + at) & 0xff, other.get(other.position() + at) & 0xff);
  }

  private static int uuid(ByteBuffer one, ByteBuffer other) {
    long high = one.getLong(one.position());
    long otherHigh = other.getLong(other.position());
    int version = (int) (high >>> 12) & 0xf;
    int order = Integer.compare(version, (int) (otherHigh >>> 12) & 0xf);
    if (order == 0) {
      order =
          version == 1
              ? Long.compare(byTime(high), byTime(otherHigh))
              : Long.compareUnsigned(high, otherHigh);
    }
    return order != 0
        ? order
        : Long.compareUnsigned(
            one.getLong(one.position() + 8), other.getLong(other.position() + 8));
  }

  private static int timeUuid(ByteBuffer one, ByteBuffer other) {
    int order =
        Long.compare(byTime(one.getLong(one.position())), byTime(other.getLong(other.position())));
    return order != 0 ? order : Long.compare(signedBytes(one), signedBytes(other));
  }

  /// Version 1 has the low part of its time first.
  private static long byTime(long high) {
    return (high << 48) | ((high << 16) & 0xFFFF00000000L) | (high >>> 32);
  }

  private static long signedBytes(ByteBuffer uuid) {
    return uuid.getLong(uuid.position() + 8) ^ 0x0080808080808080L;
  }
}
