package io.changeover.exporter.cassandra.scan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// How much of a table was read, computed from the bounds that were really asked for.
public final class Coverage {

  private static final BigInteger RING = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private Coverage() {}

  /// The share of the token ring that these slices cover without gap or overlap, from 0 to 1.
  /// Slices of a partition count as whole when they form one chain from its beginning to its end.
  public static BigDecimal of(Collection<Slice> read) {
    List<Slice.Ring> ring =
        read.stream()
            .filter(Slice.Ring.class::isInstance)
            .map(Slice.Ring.class::cast)
            .sorted(Comparator.comparingLong(Slice.Ring::after))
            .toList();
    if (ring.isEmpty()) {
      return chained(read) ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    BigInteger covered = BigInteger.ZERO;
    long end = Long.MIN_VALUE;
    for (Slice.Ring slice : ring) {
      long from = Math.max(slice.after(), end);
      if (slice.upTo() > from) {
        covered = covered.add(BigInteger.valueOf(slice.upTo()).subtract(BigInteger.valueOf(from)));
        end = slice.upTo();
      }
    }
    return covered.equals(RING)
        ? BigDecimal.ONE
        : new BigDecimal(covered).divide(new BigDecimal(RING), new MathContext(6));
  }

  private static boolean chained(Collection<Slice> read) {
    List<Slice.Clustered> slices =
        read.stream()
            .map(Slice.Clustered.class::cast)
            .sorted(Comparator.comparingInt(Slice.Clustered::number))
            .toList();
    Slice.Clustered before = null;
    for (Slice.Clustered slice : slices) {
      boolean starts = slice.from().isEmpty();
      boolean follows =
          before != null
              && before.partition().equals(slice.partition())
              && before.before().isPresent()
              && before.before().equals(slice.from());
      boolean complete = before == null || before.before().isEmpty();
      if (!(starts ? complete : follows)) {
        return false;
      }
      before = slice;
    }
    return before == null || before.before().isEmpty();
  }
}
