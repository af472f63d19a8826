package io.changeover.planner.journal;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.core.BrokenInvariant;
import io.changeover.planner.core.UpgradeDecider;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Folds the journal of one upgrade from its entries alone and checks everything on the way: the
/// numbers, the chain, that deciding again gives the same events, and that the fold is the stored
/// state. Stops at the first difference.
public final class Replay {
  private final UpgradeDecider decider = new UpgradeDecider();
  private final UpgradeId upgrade;
  private final List<byte[]> hashes = new ArrayList<>();
  private UpgradeState state = decider.initial();
  private @Nullable Difference first;

  /// @param upgrade whose journal it is
  public Replay(UpgradeId upgrade) {
    this.upgrade = upgrade;
  }

  /// What can be wrong.
  public enum Kind {
    /// Bytes that are no journal entry, or events that nobody knows.
    UNREADABLE,
    /// An entry of another upgrade.
    FOREIGN,
    /// A number is missing.
    GAP,
    /// A number has come twice with different content.
    REWRITTEN,
    /// It does not carry the hash of the entry before.
    CHAIN_BROKEN,
    /// Its hash is not that of its content.
    CONTENT_CHANGED,
    /// Deciding again gives other events.
    DECIDED_OTHERWISE,
    /// The events cannot follow the state.
    NOT_FOLDING,
    /// The fold is not the stored state.
    STATE_DIFFERS
  }

  /// The first thing that is wrong.
  ///
  /// @param seq the entry's number; of unreadable bytes, the number that was expected
  public record Difference(UpgradeId upgrade, long seq, Kind kind, String expected, String got) {
    /// The same for people.
    public String sentence() {
      return kind
          + " in upgrade "
          + upgrade
          + " at entry "
          + seq
          + ": expected "
          + expected
          + ", but got "
          + got;
    }
  }

  /// Checks a whole journal.
  ///
  /// @param entries the bytes of the entries, in order; repeats are passed over
  /// @param stored the stored state, null when there is none to compare with
  public static Optional<Difference> verify(
      UpgradeId upgrade, List<byte[]> entries, byte @Nullable [] stored) {
    Replay replay = new Replay(upgrade);
    for (byte[] entry : entries) {
      Optional<Difference> difference = replay.next(entry);
      if (difference.isPresent()) {
        return difference;
      }
    }
    return stored == null ? Optional.empty() : replay.compare(stored);
  }

  /// Takes the next entry; after a difference nothing more is taken, and the same is answered.
  public Optional<Difference> next(byte[] bytes) {
    if (first == null) {
      first = check(bytes).orElse(null);
    }
    return Optional.ofNullable(first);
  }

  /// The state after the entries so far.
  public UpgradeState state() {
    return state;
  }

  /// How many entries were taken, repeats not counted.
  public long entries() {
    return hashes.size();
  }

  /// The hash of the last entry that was taken, [JournalHash#none] before the first. Whoever keeps
  /// it elsewhere can tell later whether the chain was made anew.
  public byte[] head() {
    return hashes.isEmpty() ? JournalHash.none() : hashes.getLast().clone();
  }

  /// Compares the fold with a stored state: byte by byte, or by what it says where an earlier
  /// release wrote it or its plan.
  public Optional<Difference> compare(byte[] stored) {
    if (first != null) {
      return Optional.of(first);
    }
    byte[] folded = JournalCodec.snapshot(state);
    return Arrays.equals(folded, stored) || saysTheSame(folded, stored)
        ? Optional.empty()
        : different(entries(), Kind.STATE_DIFFERS, describe(folded), describe(stored));
  }

  private boolean saysTheSame(byte[] folded, byte[] stored) {
    try {
      return !JournalCodec.sameRelease(folded, stored) && JournalCodec.state(stored).equals(state);
    } catch (UnreadableRecord e) {
      return false;
    }
  }

  private static String describe(byte[] snapshot) {
    try {
      return JournalCodec.state(snapshot).toString();
    } catch (UnreadableRecord e) {
      return "unreadable bytes " + HexFormat.of().formatHex(snapshot);
    }
  }

  private Optional<Difference> check(byte[] bytes) {
    long expected = entries() + 1;
    SealedEntry sealed;
    boolean intact;
    try {
      sealed = SealedEntry.read(bytes);
      intact = sealed.intact();
    } catch (UnreadableRecord e) {
      return different(expected, Kind.UNREADABLE, "a journal entry", message(e));
    }
    JournalEntry entry = sealed.entry();
    long seq = entry.getSeq();
    if (!entry.getUpgrade().equals(upgrade.value())) {
      return different(seq, Kind.FOREIGN, "upgrade " + upgrade, entry.getUpgrade());
    }
    if (seq >= 1 && seq < expected) {
      return repeated(sealed, intact);
    }
    if (seq != expected) {
      return different(seq, Kind.GAP, "entry " + expected, "entry " + seq);
    }
    return chained(sealed, intact);
  }

  private Optional<Difference> repeated(SealedEntry sealed, boolean intact) {
    long seq = sealed.entry().getSeq();
    byte[] known = hashes.get(Math.toIntExact(seq - 1));
    return intact && Arrays.equals(known, sealed.hash())
        ? Optional.empty()
        : different(seq, Kind.REWRITTEN, hex(known), hex(sealed.hash()));
  }

  private Optional<Difference> chained(SealedEntry sealed, boolean intact) {
    long seq = sealed.entry().getSeq();
    byte[] previous = hashes.isEmpty() ? JournalHash.none() : hashes.getLast();
    if (!sealed.follows(previous)) {
      return different(seq, Kind.CHAIN_BROKEN, "the hash before, " + hex(previous), "another");
    }
    if (!intact) {
      return different(seq, Kind.CONTENT_CHANGED, "content of hash " + hex(sealed.hash()), "other");
    }
    Optional<Difference> decided = decideAgain(sealed.entry());
    if (decided.isEmpty()) {
      hashes.add(sealed.hash());
    }
    return decided;
  }

  private Optional<Difference> decideAgain(JournalEntry entry) {
    try {
      UpgradeInput input = JournalCodec.input(entry.getInput(), upgrade);
      List<UpgradeEvent> recorded = entry.getEvents().stream().map(JournalCodec::event).toList();
      List<UpgradeEvent> again = decider.decide(state, input);
      if (!again.equals(recorded)) {
        return different(
            entry.getSeq(), Kind.DECIDED_OTHERWISE, recorded.toString(), again.toString());
      }
      state = decider.fold(state, recorded);
      return Optional.empty();
    } catch (BrokenInvariant e) {
      return different(entry.getSeq(), Kind.NOT_FOLDING, "events that fold", message(e));
    } catch (UnreadableRecord e) {
      return different(entry.getSeq(), Kind.UNREADABLE, "a readable entry", message(e));
    }
  }

  private Optional<Difference> different(long seq, Kind kind, String expected, String got) {
    return Optional.of(new Difference(upgrade, seq, kind, expected, got));
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
