package io.changeover.planner.shell;

import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.Ledger.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Makes inputs of what time and free places bring: due timers fire, queued upgrades are admitted
/// while fewer than `maxInFlight` take a place. Any planner may do it for any upgrade.
final class Timers {
  private static final int LIMIT = 500;

  /// Lanes that are busy are passed over; after this long they are waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Desk.Factory desks;
  private final Judge judge;
  private final InstantSource clock;
  private final int maxInFlight;

  Timers(Ledger ledger, Desk.Factory desks, Judge judge, InstantSource clock, int maxInFlight) {
    this.ledger = ledger;
    this.desks = desks;
    this.judge = judge;
    this.clock = clock;
    this.maxInFlight = maxInFlight;
  }

  /// Fires what is due, in one transaction.
  Outcome fire() {
    return ledger.transact(this::fire);
  }

  private Outcome fire(Ledger.Transaction transaction) {
    Instant now = clock.instant();
    List<Waiting> due = transaction.due(now, LIMIT);
    if (due.isEmpty()) {
      return Outcome.NOTHING;
    }
    Set<Integer> lanes = lock(transaction, due, now);
    Desk desk = open(transaction, due.stream().filter(w -> lanes.contains(w.lane())).toList());
    for (OpenUpgrade upgrade : desk.all()) {
      Instant alarm = upgrade.due();
      if (upgrade.quarantine() == null && alarm != null && !alarm.isAfter(now)) {
        judge.timer(upgrade);
      }
    }
    return save(transaction, desk);
  }

  private static Set<Integer> lock(Ledger.Transaction transaction, List<Waiting> due, Instant now) {
    var lanes = due.stream().map(Waiting::lane).collect(Collectors.toCollection(TreeSet::new));
    if (due.getFirst().since().plus(PATIENCE).isAfter(now)) {
      return transaction.lockFreeLanes(lanes);
    }
    transaction.lockLanes(lanes);
    return lanes;
  }

  /// Admits the oldest queued upgrades while there are places, in one transaction.
  Outcome admit() {
    return ledger.transact(this::admit);
  }

  private Outcome admit(Ledger.Transaction transaction) {
    int places = Math.min(LIMIT, maxInFlight - transaction.counted());
    List<Waiting> queued = places <= 0 ? List.of() : transaction.queued(places);
    if (queued.isEmpty()) {
      return Outcome.NOTHING;
    }
    transaction.lockLanes(queued.stream().map(Waiting::lane).toList());
    transaction.lockAdmission();
    int left = maxInFlight - transaction.counted();
    Desk desk = open(transaction, queued);
    for (OpenUpgrade upgrade : desk.all()) {
      if (left > 0 && upgrade.quarantine() == null && upgrade.stage().equals(Judge.QUEUED)) {
        judge.admit(upgrade);
        left -= upgrade.counted() ? 1 : 0;
      }
    }
    return save(transaction, desk);
  }

  private Desk open(Ledger.Transaction transaction, List<Waiting> waiting) {
    return desks.open(transaction.upgrades(waiting.stream().map(Waiting::id).toList()));
  }

  private static Outcome save(Ledger.Transaction transaction, Desk desk) {
    var result = desk.close();
    transaction.save(result.changes(), result.lines());
    return result.outcome();
  }
}
