package io.changeover.planner.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeDecider;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Journals and states as the planner of release 1 wrote them, byte for byte: they must be read,
/// decided and folded for ever. Each file has an entry a line and the stored state at the end.
class Release1Test {
  private static final Path FOLDER = Path.of("src/test/resources/release-1");
  private static final UpgradeId UPGRADE = new UpgradeId("u-1");

  private record Stored(List<byte[]> entries, String stateHex) {
    byte[] state() {
      return HexFormat.of().parseHex(stateHex);
    }
  }

  @ParameterizedTest
  @CsvSource({"finished, 18", "soaking, 10", "rolled-back, 18", "refused, 1"})
  void a_journal_is_decided_and_folded_as_it_was(String name, int entries) throws IOException {
    Stored stored = stored(name);
    assertThat(stored.entries()).hasSize(entries);
    assertThat(Replay.verify(UPGRADE, stored.entries(), stored.state())).isEmpty();
  }

  @Test
  void a_stored_state_goes_on_and_is_still_the_fold_of_its_journal() throws IOException {
    Stored stored = stored("soaking");
    UpgradeState before = JournalCodec.state(stored.state());
    assertThat(before.stage()).isEqualTo("advancing");
    Instant due = before.due().orElseThrow();
    Journal journal = new Journal(stored, before);
    journal.take(due);
    assertThat(journal.state.stage()).isEqualTo("advancing");
    byte[] bytes = JournalCodec.snapshot(journal.state);
    assertThat(Replay.verify(UPGRADE, journal.entries, bytes)).isEmpty();
    assertThat(Replay.verify(UPGRADE, journal.entries, stored.state()).orElseThrow().kind())
        .isEqualTo(Replay.Kind.STATE_DIFFERS);
  }

  @Test
  void a_changed_state_of_release_1_is_found() throws IOException {
    Stored stored = stored("soaking");
    Stored other = stored("rolled-back");
    assertThat(Replay.verify(UPGRADE, stored.entries(), other.state()).orElseThrow().kind())
        .isEqualTo(Replay.Kind.STATE_DIFFERS);
  }

  /// What a planner of today adds to it.
  private static final class Journal {
    private final UpgradeDecider decider = new UpgradeDecider();
    private final List<byte[]> entries;
    private UpgradeState state;

    Journal(Stored stored, UpgradeState state) {
      this.entries = new ArrayList<>(stored.entries());
      this.state = state;
    }

    void take(Instant at) {
      var recorded = JournalCodec.recorded(JournalCodec.TIMER, "t-1", at, 7, null, null, "");
      UpgradeInput input = JournalCodec.input(recorded, UPGRADE);
      var events = decider.decide(state, input);
      assertThat(events).isNotEmpty();
      state = decider.fold(state, events);
      entries.add(
          SealedEntry.seal(
                  UPGRADE,
                  "payments-eu",
                  entries.size() + 1L,
                  recorded,
                  JournalCodec.events(events),
                  SealedEntry.read(entries.getLast()).hash())
              .bytes());
    }
  }

  private static Stored stored(String name) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(name + ".hex"));
    HexFormat hex = HexFormat.of();
    String state = lines.getLast();
    assertThat(state).startsWith("state ");
    return new Stored(
        lines.subList(0, lines.size() - 1).stream().map(hex::parseHex).toList(),
        state.substring("state ".length()));
  }
}
