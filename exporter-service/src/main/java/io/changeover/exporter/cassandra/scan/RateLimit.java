package io.changeover.exporter.cassandra.scan;

import java.util.concurrent.TimeUnit;

/// Spreads rows over time. Rows may come in lots; the lot that goes over the rate makes the next
/// one wait.
public final class RateLimit {

  /// None.
  public static final RateLimit NONE = new RateLimit(0);

  private final double perNano;
  private long free;

  private RateLimit(int perSecond) {
    this.perNano = perSecond / 1e9;
    this.free = System.nanoTime();
  }

  /// A limit of this many rows a second; 0 for none.
  public static RateLimit of(int perSecond) {
    return perSecond <= 0 ? NONE : new RateLimit(perSecond);
  }

  /// Waits until so many more rows may pass.
  public void take(int rows) throws InterruptedException {
    if (perNano > 0 && rows > 0) {
      TimeUnit.NANOSECONDS.sleep(reserve(rows));
    }
  }

  private synchronized long reserve(int rows) {
    long now = System.nanoTime();
    long from = free - now > 0 ? free : now;
    free = from + (long) (rows / perNano);
    return from - now;
  }
}
