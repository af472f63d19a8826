package io.changeover.cli.client;

import io.changeover.cli.client.StoredStates.Stored;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.journal.Replay;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rebuilds every upgrade from the topic alone and says what is wrong, if anything is.
///
/// A stored state is compared after the entry that it was stored with, so that an upgrade may go on
/// meanwhile.
public final class JournalAudit {
  private final @Nullable String only;
  private final @Nullable Map<String, Stored> stored;
  private final Map<String, Upgrade> upgrades = new LinkedHashMap<>();
  private final List<String> unreadable = new ArrayList<>();

  /// @param only the upgrade to look at, null for all
  /// @param stored states by upgrade, null when there is no database to compare with
  public JournalAudit(@Nullable String only, @Nullable Map<String, Stored> stored) {
    this.only = only;
    this.stored = stored;
  }

  /// What was found of one upgrade.
  ///
  /// @param head the hash of the last sound entry, in hexadecimal digits
  /// @param compared whether a stored state was there to compare with
  /// @param difference the first thing that is wrong
  public record Finding(
      String upgrade,
      String cluster,
      long entries,
      String head,
      UpgradeState state,
      boolean compared,
      Optional<String> difference) {}

  /// Takes the next line of the topic in.
  public void add(Journal.Line line) {
    switch (line) {
      case Journal.Line.Unreadable(String place, String key, String reason) ->
          unreadable.add(
              "%s (cluster %s): expected a journal entry, but got %s"
                  .formatted(place, key, reason));
      case Journal.Line.Entry(var _, var entry, var bytes) -> {
        String id = entry.getUpgrade();
        if (only == null || only.equals(id)) {
          upgrades
              .computeIfAbsent(id, any -> new Upgrade(id, entry.getCluster()))
              .add(array(bytes));
        }
      }
    }
  }

  /// Lines that are no entries. They belong to no upgrade, so that they count against the whole
  /// journal.
  public List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /// Whether an entry that a stored state rests on has not come yet.
  public boolean behindStored() {
    return stored != null
        && stored.entrySet().stream()
            .anyMatch(
                state -> {
                  Upgrade upgrade = upgrades.get(state.getKey());
                  return upgrade == null
                      || (upgrade.difference == null
                          && upgrade.replay.entries() < state.getValue().version());
                });
  }

  /// One finding for each upgrade on the topic or among the stored states.
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    upgrades.values().forEach(upgrade -> findings.add(upgrade.finding()));
    if (stored != null) {
      stored.keySet().stream()
          .filter(id -> !upgrades.containsKey(id))
          .forEach(id -> findings.add(new Upgrade(id, "").finding()));
    }
    return findings;
  }

  private final class Upgrade {
    private final String id;
    private final String cluster;
    private final Replay replay;
    private boolean compared;
    private @Nullable String difference;

    Upgrade(String id, String cluster) {
      this.id = id;
      this.cluster = cluster;
      this.replay = new Replay(new UpgradeId(id));
    }

    void add(byte[] entry) {
      long before = replay.entries();
      note(replay.next(entry));
      Stored state = stored == null ? null : stored.get(id);
      if (state != null && replay.entries() > before && replay.entries() == state.version()) {
        compared = true;
        note(replay.compare(array(state.data())));
      }
    }

    private void note(Optional<Replay.Difference> found) {
      if (difference == null) {
        difference = found.map(Replay.Difference::sentence).orElse(null);
      }
    }

    Finding finding() {
      Stored state = stored == null ? null : stored.get(id);
      String wrong = difference;
      if (wrong == null && state != null && !compared) {
        wrong =
            "Expected %d entries of upgrade %s on the topic, as its stored state says, but got %d"
                .formatted(state.version(), id, replay.entries());
      }
      return new Finding(
          id,
          cluster,
          replay.entries(),
          HexFormat.of().formatHex(replay.head()),
          replay.state(),
          compared,
          Optional.ofNullable(wrong));
    }
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
