package io.changeover.exporter.cassandra.findings;

import java.nio.ByteBuffer;

/// A 64-bit hash of bytes: two different values of 1,000,000 have the same with a chance of 3 in
/// 100,000,000.
public final class Hash64 {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hash64() {}

  /// The hash of the remaining bytes.
  public static long of(ByteBuffer value) {
    return of(value, 0);
  }

  static long of(ByteBuffer value, long seed) {
    long hash = mix(seed ^ value.remaining());
    int at = value.position();
    int end = value.limit();
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ value.getLong(at));
    }
    long tail = 0;
    for (; at < end; at++) {
      tail = (tail << 8) | (value.get(at) & 0xff);
    }
    return mix(hash ^ tail);
  }

  /// The finisher of SplitMix64, times an odd number.
  private static long mix(long value) {
    long z = value * MULTIPLIER + MULTIPLIER;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
