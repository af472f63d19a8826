package io.changeover.planner.journal;

import io.changeover.messages.JournalEntry;
import io.changeover.messages.RecordedInput;
import io.changeover.messages.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.schemas.Codec;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// One entry of a journal with the bytes it has on the topic and in the database, which are the
/// same.
public final class SealedEntry {
  private static final byte[] EMPTY = {};

  private final JournalEntry entry;
  private final byte[] bytes;

  private SealedEntry(JournalEntry entry, byte[] bytes) {
    this.entry = entry;
    this.bytes = bytes;
  }

  /// The next entry of a chain.
  ///
  /// @param previousHash of the entry before, [JournalHash#none] for the first
  public static SealedEntry seal(
      UpgradeId upgrade,
      String cluster,
      long seq,
      RecordedInput input,
      List<UpgradeEvent> events,
      byte[] previousHash) {
    byte[] unsealed =
        Codec.encode(entry(upgrade, cluster, seq, input, events, previousHash, EMPTY));
    byte[] hash = JournalHash.ofUnsealed(previousHash, unsealed);
    return new SealedEntry(
        entry(upgrade, cluster, seq, input, events, previousHash, hash),
        JournalHash.seal(unsealed, hash));
  }

  private static JournalEntry entry(
      UpgradeId upgrade,
      String cluster,
      long seq,
      RecordedInput input,
      List<UpgradeEvent> events,
      byte[] previousHash,
      byte[] hash) {
    return new JournalEntry(
        upgrade.value(),
        cluster,
        seq,
        input,
        events,
        ByteBuffer.wrap(previousHash),
        ByteBuffer.wrap(hash));
  }

  /// Reads an entry; says nothing about whether its hash is right.
  ///
  /// @throws UnreadableRecord when the bytes are no journal entry
  public static SealedEntry read(byte[] bytes) {
    try {
      if (Codec.decode(bytes) instanceof JournalEntry entry) {
        return new SealedEntry(entry, bytes.clone());
      }
    } catch (UndecodableException e) {
      throw new UnreadableRecord("a journal entry", e);
    }
    throw new UnreadableRecord("a journal entry", "another message");
  }

  /// The entry.
  public JournalEntry entry() {
    return entry;
  }

  /// Its bytes, to be stored and published as they are.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The hash that it carries.
  public byte[] hash() {
    return copy(entry.getHash());
  }

  /// Whether it carries the hash that its bytes have after that entry.
  boolean follows(byte[] previousHash) {
    return Arrays.equals(previousHash, copy(entry.getPreviousHash()));
  }

  /// Whether the hash that it carries is that of its bytes.
  boolean intact() {
    byte[] previous = copy(entry.getPreviousHash());
    return Arrays.equals(hash(), JournalHash.ofUnsealed(previous, JournalHash.unseal(bytes)));
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}
