package io.changeover.planner.shell;

import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.Ledger.Waiting;
import io.changeover.planner.port.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes inputs of what time and free places bring: due timers fire, queued upgrades are admitted
/// while fewer than `maxInFlight` take a place. Any planner may do it for any upgrade.
///
/// An upgrade that can't be written breaks the transaction that it is in. They are taken one by one
/// then, and that one is passed over for a while; nothing is decided on it, and the others go on.
final class Timers {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final int LIMIT = 500;

  /// Lanes that are busy are passed over; after this long they are waited for.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// How long one is passed over that could not be written.
  private static final Duration PASS = Duration.ofSeconds(5);

  private final Map<String, Instant> passedOver = new ConcurrentHashMap<>();
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
    return together(transaction -> transaction.due(clock.instant(), LIMIT), this::fire);
  }

  /// What is done with upgrades that wait.
  private interface Step {
    Outcome with(Ledger.Transaction transaction, List<Waiting> waiting);
  }

  private Outcome together(Ledger.Work<List<Waiting>> waiting, Step step) {
    try {
      return ledger.transact(transaction -> step.with(transaction, left(waiting.in(transaction))));
    } catch (LedgerUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("Upgrades that wait could not be written together, and are taken one by one", e);
      Outcome outcome = Outcome.NOTHING;
      for (Waiting one : left(ledger.transact(waiting))) {
        outcome = outcome.and(alone(one, step));
      }
      return outcome;
    }
  }

  private List<Waiting> left(List<Waiting> waiting) {
    Instant now = clock.instant();
    passedOver.values().removeIf(until -> !until.isAfter(now));
    return waiting.stream().filter(one -> !passedOver.containsKey(one.id())).toList();
  }

  private Outcome alone(Waiting one, Step step) {
    try {
      return ledger.transact(transaction -> step.with(transaction, List.of(one)));
    } catch (LedgerUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      passedOver.put(one.id(), clock.instant().plus(PASS));
      LOG.atError()
          .setCause(e)
          .addKeyValue("alarm", "not-written")
          .addKeyValue("upgrade", one.id())
          .log(
              "Expected the ledger to take what is due of upgrade {}, but it does not; the upgrade"
                  + " stands, looking again in {}. See what the ledger says of it.",
              one.id(),
              PASS);
      return Outcome.NOTHING;
    }
  }

  private Outcome fire(Ledger.Transaction transaction, List<Waiting> due) {
    Instant now = clock.instant();
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
    return together(this::admissible, this::admit);
  }

  private List<Waiting> admissible(Ledger.Transaction transaction) {
    int places = Math.min(LIMIT, maxInFlight - transaction.counted());
    return places <= 0 ? List.of() : transaction.queued(places + passedOver.size());
  }

  private Outcome admit(Ledger.Transaction transaction, List<Waiting> queued) {
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
