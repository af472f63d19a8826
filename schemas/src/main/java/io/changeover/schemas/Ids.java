package io.changeover.schemas;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Message ids.
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /// A fresh UUIDv7 (RFC 9562, 5.7): sorts by time, 74 random bits.
  public static String next() {
    return v7(Instant.now(), RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  /// The UUIDv7 of a time and of random bits.
  static UUID v7(Instant time, long randomA, long randomB) {
    long high = (time.toEpochMilli() << 16) | 0x7000L | (randomA & 0x0FFFL);
    long low = 0x8000000000000000L | (randomB & 0x3FFFFFFFFFFFFFFFL);
    return new UUID(high, low);
  }

  /// The id of a message that brought none: the same for every delivery of the same record, so that
  /// a repeat is seen as one.
  public static String ofRecord(String topic, int partition, long offset) {
    var name = topic + "/" + partition + "/" + offset;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
