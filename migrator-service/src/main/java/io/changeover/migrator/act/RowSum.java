package io.changeover.migrator.act;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of a table's rows, added up: addition does not care for the order, and unlike XOR
/// notices a row that is there twice. For one thread.
final class RowSum {

  private static final int BYTES = 32;

  private final MessageDigest one = sha256();
  private final byte[] sum = new byte[BYTES];
  private long rows;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Adds a row, in bytes that are the same whenever the row is.
  void add(byte[] row) {
    byte[] more = one.digest(row);
    int carry = 0;
    for (int i = BYTES - 1; i >= 0; i--) {
      int digit = (sum[i] & 0xff) + (more[i] & 0xff) + carry;
      sum[i] = (byte) digit;
      carry = digit >>> 8;
    }
    rows++;
  }

  long rows() {
    return rows;
  }

  /// Puts the sum under its table's name into the digest of all. A table without rows says nothing:
  /// a migration that makes one changes no configuration.
  void into(MessageDigest whole, String table) {
    if (rows > 0) {
      whole.update((table + " " + rows + " ").getBytes(StandardCharsets.UTF_8));
      whole.update(sum);
    }
  }
}
