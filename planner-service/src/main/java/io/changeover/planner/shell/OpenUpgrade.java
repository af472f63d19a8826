package io.changeover.planner.shell;

import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Lane;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One upgrade while a transaction works on it: as it was read, and what was decided since.
final class OpenUpgrade {
  private static final byte[] NO_HASH = new byte[32];
  private static final byte[] NO_DATA = {};

  private final StoredUpgrade before;
  private final List<JournalLine> lines = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private StoredUpgrade now;
  private @Nullable UpgradeState state;

  private OpenUpgrade(StoredUpgrade before, @Nullable UpgradeState state) {
    this.before = before;
    this.now = before;
    this.state = state;
  }

  static OpenUpgrade stored(StoredUpgrade stored) {
    return new OpenUpgrade(stored, null);
  }

  /// One that does not exist yet.
  static OpenUpgrade fresh(String id, String cluster, UpgradeState initial) {
    var nothing =
        new StoredUpgrade(
            id,
            cluster,
            Lane.of(cluster),
            0,
            "",
            false,
            false,
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            NO_HASH,
            NO_DATA);
    return new OpenUpgrade(nothing, initial);
  }

  String id() {
    return now.id();
  }

  String cluster() {
    return now.cluster();
  }

  int lane() {
    return now.lane();
  }

  /// The sequence number of the last entry, 0 when there is none.
  long version() {
    return now.version();
  }

  byte[] hash() {
    return now.hash();
  }

  byte[] data() {
    return now.data();
  }

  boolean ended() {
    return now.ended();
  }

  boolean counted() {
    return now.counted();
  }

  String stage() {
    return now.stage();
  }

  Instant changedAt() {
    return now.changedAt();
  }

  @Nullable Instant due() {
    return now.due();
  }

  @Nullable String quarantine() {
    return now.quarantine();
  }

  /// The state, or null while it has not been decoded.
  @Nullable UpgradeState state() {
    return state;
  }

  void decoded(UpgradeState decoded) {
    this.state = decoded;
  }

  /// One entry further.
  void advance(UpgradeState next, byte[] data, byte[] hash, JournalLine line, Decision decision) {
    this.state = next;
    this.now =
        new StoredUpgrade(
            now.id(),
            now.cluster(),
            now.lane(),
            line.seq(),
            next.stage(),
            next.counted(),
            next.ended(),
            alarm(next, line.at()),
            now.version() == 0 ? line.at() : now.startedAt(),
            line.at(),
            null,
            hash,
            data);
    lines.add(line);
    decisions.add(decision);
  }

  /// The stored time may be earlier than the true one, never later; as long as that holds and it is
  /// still to come, it stays, since most deadlines only move away. What waits for admission has no
  /// alarm: free places wake it.
  private @Nullable Instant alarm(UpgradeState next, Instant at) {
    if (next.stage().equals(Judge.QUEUED)) {
      return null;
    }
    Instant due = next.due().orElse(null);
    Instant stored = now.due();
    boolean stays = due != null && stored != null && stored.isAfter(at) && !stored.isAfter(due);
    return stays ? stored : due;
  }

  /// Nothing was due yet: look again later.
  void snooze(@Nullable Instant due) {
    this.now = with(due, now.counted(), now.quarantine());
  }

  /// Out of service, at the last entry that was sound. Its place is free for others, its cluster is
  /// not.
  void setAside(String cause) {
    this.now = with(null, false, cause);
  }

  private StoredUpgrade with(@Nullable Instant due, boolean counted, @Nullable String quarantine) {
    return new StoredUpgrade(
        now.id(),
        now.cluster(),
        now.lane(),
        now.version(),
        now.stage(),
        counted,
        now.ended(),
        due,
        now.startedAt(),
        now.changedAt(),
        quarantine,
        now.hash(),
        now.data());
  }

  /// Whether it was set aside in this transaction.
  boolean faulty() {
    return now.quarantine() != null && before.quarantine() == null;
  }

  List<JournalLine> lines() {
    return lines;
  }

  List<Decision> decisions() {
    return decisions;
  }

  /// What is to be written; nothing when nothing changed, or when it never came to be.
  Optional<UpgradeChange> change() {
    return Objects.equals(now, before) || now.version() == 0
        ? Optional.empty()
        : Optional.of(new UpgradeChange(before.version(), now));
  }
}
