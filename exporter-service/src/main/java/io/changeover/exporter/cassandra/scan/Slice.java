package io.changeover.exporter.cassandra.scan;

import io.changeover.exporter.cassandra.catalog.Table;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A part of a table that is read by itself. The slices of a table are the same in every run: what
/// was finished is remembered by their numbers.
public sealed interface Slice {

  /// Its number in the table, from 0.
  int number();

  /// A range of the token ring.
  ///
  /// @param after the last token before it
  /// @param upTo its last token
  record Ring(int number, long after, long upTo) implements Slice {}

  /// A range of a single partition, by its clustering key.
  ///
  /// @param partition the partition's key
  /// @param from the first key in it; empty for the beginning
  /// @param before the first key behind it; empty for the end
  record Clustered(
      int number, ByteBuffer partition, Optional<ByteBuffer> from, Optional<ByteBuffer> before)
      implements Slice {}

  /// How many parts a ring is cut into. More cost queries on small tables, fewer cost work that is
  /// done again after a crash.
  int RING_PARTS = 32;

  /// How many parts a partition is cut into.
  int CLUSTERED_PARTS = 4;

  /// The slices of a table whose rows lie all over the ring: together the whole ring.
  static List<Slice> ring() {
    BigInteger width = BigInteger.ONE.shiftLeft(64).divide(BigInteger.valueOf(RING_PARTS));
    List<Slice> slices = new ArrayList<>();
    BigInteger at = BigInteger.valueOf(Long.MIN_VALUE);
    for (int i = 0; i < RING_PARTS; i++) {
      BigInteger next = at.add(width);
      long end = i == RING_PARTS - 1 ? Long.MAX_VALUE : next.longValueExact();
      slices.add(new Ring(i, at.longValueExact(), end));
      at = next;
    }
    return slices;
  }

  /// The slices of a table whose rows lie in few partitions, each cut at random UUIDs (version 4).
  ///
  /// @param partitions the keys of all its partitions
  static List<Slice> clustered(List<ByteBuffer> partitions) {
    List<Slice> slices = new ArrayList<>();
    for (ByteBuffer partition : partitions) {
      for (int i = 0; i < CLUSTERED_PARTS; i++) {
        slices.add(
            new Clustered(
                slices.size(),
                partition,
                i == 0 ? Optional.empty() : Optional.of(cut(i)),
                i == CLUSTERED_PARTS - 1 ? Optional.empty() : Optional.of(cut(i + 1))));
      }
    }
    return slices;
  }

  private static ByteBuffer cut(int part) {
    long high = (((long) part * (256 / CLUSTERED_PARTS)) << 56) | 0x4000L;
    return ByteBuffer.allocate(16).putLong(high).putLong(0x8000_0000_0000_0000L).flip();
  }

  /// Whether slices of this table are [Clustered].
  static boolean isClustered(Table table) {
    return table.isSinglePartition();
  }
}
