package io.changeover.planner.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeState;
import io.changeover.schemas.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Journals JOURNAL = Journals.three();

  @Test
  void an_untouched_journal_is_the_stored_state() {
    assertThat(verify(JOURNAL.bytes(), JournalCodec.snapshot(JOURNAL.state()))).isEmpty();
    assertThat(verify(JOURNAL.bytes(), null)).isEmpty();
  }

  @Test
  void a_replay_gives_the_state_and_counts_the_entries() {
    Replay replay = new Replay(Journals.UPGRADE);
    JOURNAL.bytes().forEach(entry -> assertThat(replay.next(entry)).isEmpty());
    assertThat(replay.state()).isEqualTo(JOURNAL.state());
    assertThat(replay.entries()).isEqualTo(3);
  }

  @Test
  void a_repeat_of_an_entry_is_passed_over() {
    List<byte[]> entries = JOURNAL.bytes();
    entries.add(1, entries.getFirst());
    entries.add(entries.get(2));
    assertThat(verify(entries, JournalCodec.snapshot(JOURNAL.state()))).isEmpty();
  }

  @Test
  void a_missing_entry_is_a_gap_by_number() {
    List<byte[]> entries = JOURNAL.bytes();
    entries.remove(1);
    Replay.Difference difference = verify(entries, null).orElseThrow();
    assertThat(difference.kind()).isEqualTo(Replay.Kind.GAP);
    assertThat(difference.seq()).isEqualTo(3);
    assertThat(difference.sentence())
        .isEqualTo("GAP in upgrade u-1 at entry 3: expected entry 2, but got entry 3");
  }

  @Test
  void a_changed_byte_is_found_at_its_entry() {
    byte[] changed = JOURNAL.bytes().get(1);
    int at = new String(changed, StandardCharsets.ISO_8859_1).indexOf("i-1");
    changed[at + 2] = '9';
    assertThat(replaced(1, changed)).isEqualTo(Replay.Kind.CONTENT_CHANGED);
  }

  @Test
  void a_changed_and_newly_sealed_entry_breaks_the_chain_after_it() {
    Journals other = new Journals();
    other.take(JournalCodec.REQUEST, Journals.start(), Journals.clusterView("u-0"));
    List<byte[]> entries = JOURNAL.bytes();
    entries.set(0, other.bytes().getFirst());
    Replay.Difference difference = verify(entries, null).orElseThrow();
    assertThat(difference.kind()).isEqualTo(Replay.Kind.CHAIN_BROKEN);
    assertThat(difference.seq()).isEqualTo(2);
  }

  @Test
  void another_entry_of_a_known_number_was_rewritten() {
    Journals other = new Journals();
    other.take(JournalCodec.REQUEST, Journals.start(), Journals.clusterView("u-0"));
    List<byte[]> entries = JOURNAL.bytes();
    entries.add(other.bytes().getFirst());
    assertThat(verify(entries, null).orElseThrow().kind()).isEqualTo(Replay.Kind.REWRITTEN);
  }

  @Test
  void an_entry_of_another_upgrade_is_foreign() {
    assertThat(Replay.verify(new UpgradeId("u-2"), JOURNAL.bytes(), null).orElseThrow().kind())
        .isEqualTo(Replay.Kind.FOREIGN);
  }

  @Test
  void events_that_nobody_would_decide_are_found() {
    Journals forged = Journals.three();
    forged.append(
        Journals.UPGRADE, 4, Journals.timer(), List.of(Journals.event("UpgradeFinished")));
    Replay.Difference difference = verify(forged.bytes(), null).orElseThrow();
    assertThat(difference.kind()).isEqualTo(Replay.Kind.DECIDED_OTHERWISE);
    assertThat(difference.seq()).isEqualTo(4);
    assertThat(difference.expected()).contains("UpgradeFinished");
    assertThat(difference.got()).isEqualTo("[]");
  }

  @Test
  void events_that_nobody_knows_are_unreadable() {
    Journals forged = Journals.three();
    forged.append(Journals.UPGRADE, 4, Journals.timer(), List.of(Journals.event("Lunch")));
    assertThat(verify(forged.bytes(), null).orElseThrow().kind()).isEqualTo(Replay.Kind.UNREADABLE);
  }

  @Test
  void bytes_that_are_no_entry_are_unreadable() {
    assertThat(replaced(1, "lunch".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Replay.Kind.UNREADABLE);
    assertThat(replaced(1, Codec.encode(Journals.start()))).isEqualTo(Replay.Kind.UNREADABLE);
  }

  @Test
  void a_stored_state_that_is_not_the_fold_is_found() {
    byte[] stored = JournalCodec.snapshot(new UpgradeState.NotStarted());
    Replay.Difference difference = verify(JOURNAL.bytes(), stored).orElseThrow();
    assertThat(difference.kind()).isEqualTo(Replay.Kind.STATE_DIFFERS);
    assertThat(difference.seq()).isEqualTo(3);
    assertThat(difference.got()).contains("NotStarted");
    assertThat(verify(JOURNAL.bytes(), new byte[] {1}).orElseThrow().got())
        .isEqualTo("unreadable bytes 01");
  }

  @Test
  void the_first_difference_stays_the_answer() {
    Replay replay = new Replay(Journals.UPGRADE);
    Optional<Replay.Difference> first = replay.next(JOURNAL.bytes().get(2));
    assertThat(first).isPresent();
    assertThat(replay.next(JOURNAL.bytes().getFirst())).isEqualTo(first);
    assertThat(replay.compare(JournalCodec.snapshot(JOURNAL.state()))).isEqualTo(first);
  }

  @Test
  void an_entry_reads_back_with_its_hash() {
    SealedEntry sealed = JOURNAL.entries().get(1);
    SealedEntry read = SealedEntry.read(sealed.bytes());
    assertThat(Codec.encode(read.entry())).isEqualTo(sealed.bytes());
    assertThat(read.hash()).isEqualTo(sealed.hash()).hasSize(32);
    assertThat(read.intact()).isTrue();
    assertThat(read.follows(JOURNAL.entries().getFirst().hash())).isTrue();
    assertThat(Codec.encode(sealed.entry())).isEqualTo(sealed.bytes());
    assertThat(JOURNAL.entries().getFirst().follows(JournalHash.none())).isTrue();
  }

  /// The chain is computed over wire bytes, which works only as long as this holds.
  @Test
  void the_hash_is_the_last_field_of_an_entry() {
    assertThat(JournalEntry.getClassSchema().getFields().getLast().name()).isEqualTo("hash");
    JournalEntry bare =
        JournalEntry.newBuilder(JOURNAL.entries().getFirst().entry())
            .setHash(ByteBuffer.allocate(3))
            .build();
    assertThatThrownBy(() -> JournalHash.unseal(Codec.encode(bare)))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> JournalHash.unseal(new byte[3])).isInstanceOf(UnreadableRecord.class);
  }

  private static Replay.Kind replaced(int index, byte[] entry) {
    List<byte[]> entries = JOURNAL.bytes();
    entries.set(index, entry);
    return verify(entries, null).orElseThrow().kind();
  }

  private static Optional<Replay.Difference> verify(
      List<byte[]> entries, byte @Nullable [] stored) {
    return Replay.verify(Journals.UPGRADE, entries, stored);
  }
}
