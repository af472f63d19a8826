package io.changeover.exporter.cassandra.digest;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The sum of SHA-256 digests modulo 2^256, and how many: the same for the same rows in any order.
/// Not safe for several threads.
public final class DigestSum {

  private long rows;
  private long a;
  private long b;
  private long c;
  private long d;

  /// Nothing added yet.
  public DigestSum() {}

  private DigestSum(long rows, ByteBuffer sum) {
    this.rows = rows;
    this.a = sum.getLong();
    this.b = sum.getLong();
    this.c = sum.getLong();
    this.d = sum.getLong();
  }

  /// What [#hex()] and [#rows()] gave.
  public static DigestSum of(long rows, String hex) {
    return new DigestSum(rows, ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  /// Adds one row's digest of 32 bytes.
  public void add(byte[] digest) {
    add(1, ByteBuffer.wrap(digest));
  }

  /// Adds all that the other has.
  public void add(DigestSum other) {
    add(other.rows, ByteBuffer.wrap(other.bytes()));
  }

  private void add(long more, ByteBuffer digest) {
    long p = digest.getLong();
    long q = digest.getLong();
    long r = digest.getLong();
    long s = digest.getLong();
    d += s;
    long carry = Long.compareUnsigned(d, s) < 0 ? 1 : 0;
    long rc = r + carry;
    c += rc;
    carry = Long.compareUnsigned(c, rc) < 0 || (carry == 1 && rc == 0) ? 1 : 0;
    long qc = q + carry;
    b += qc;
    carry = Long.compareUnsigned(b, qc) < 0 || (carry == 1 && qc == 0) ? 1 : 0;
    a += p + carry;
    rows += more;
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /// How many rows.
  public long rows() {
    return rows;
  }

  /// The sum, 64 digits.
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /// The sum as a number.
  BigInteger value() {
    return new BigInteger(1, bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DigestSum sum
        && rows == sum.rows
        && a == sum.a
        && b == sum.b
        && c == sum.c
        && d == sum.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(d);
  }
}
