package io.changeover.planner.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The chain of a journal: SHA-256 over the hash of the entry before and this entry's bytes with an
/// empty hash.
///
/// It is computed over the bytes on the wire, never over a record encoded again: an entry of an
/// older schema keeps its hash for ever. That works because `hash` is the last field of
/// `JournalEntry` and has to stay the last one.
public final class JournalHash {
  /// Of SHA-256, in bytes.
  static final int LENGTH = 32;

  /// Avro's zigzag encoding of [#LENGTH] and of 0.
  private static final byte LENGTH_MARK = LENGTH << 1;

  private static final byte EMPTY_MARK = 0;

  private JournalHash() {}

  /// What stands for the hash before the first entry: 32 zero bytes.
  public static byte[] none() {
    return new byte[LENGTH];
  }

  /// The hash of an entry from its bytes with an empty hash at the end.
  static byte[] ofUnsealed(byte[] previous, byte[] unsealed) {
    MessageDigest digest = sha256();
    digest.update(previous);
    return digest.digest(unsealed);
  }

  /// The bytes of an entry with its hash in place of the empty one at the end.
  static byte[] seal(byte[] unsealed, byte[] hash) {
    byte[] sealed = Arrays.copyOf(unsealed, unsealed.length + LENGTH);
    sealed[unsealed.length - 1] = LENGTH_MARK;
    System.arraycopy(hash, 0, sealed, unsealed.length, LENGTH);
    return sealed;
  }

  /// The bytes of an entry with an empty hash at the end.
  ///
  /// @throws UnreadableRecord when they do not end in a hash
  static byte[] unseal(byte[] sealed) {
    int mark = sealed.length - LENGTH - 1;
    if (mark < 0 || sealed[mark] != LENGTH_MARK) {
      throw new UnreadableRecord("a journal entry that ends in its hash", "another end");
    }
    byte[] unsealed = Arrays.copyOf(sealed, mark + 1);
    unsealed[mark] = EMPTY_MARK;
    return unsealed;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every Java runtime", e);
    }
  }
}
