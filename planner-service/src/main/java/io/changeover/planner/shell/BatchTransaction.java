package io.changeover.planner.shell;

import io.changeover.messages.RecordedInput;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.planner.journal.SealedEntry;
import io.changeover.planner.port.Lane;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.Rejections;
import io.changeover.planner.port.RequestKey;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import io.changeover.planner.port.Source;
import io.changeover.planner.port.StoredUpgrade;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A batch of records becomes one transaction.
///
/// Locks the partitions' offsets and drops what was taken before (a repeat after a crash, or a
/// zombie's), locks the lanes, drops requests whose id is known, decides in order, writes. What
/// can't be taken is safe on `changeover.rejected` before the transaction commits.
final class BatchTransaction {
  private static final int TRIES = 5;

  private final Ledger ledger;
  private final Desk.Factory desks;
  private final Rejections rejections;
  private final Seams seams;

  BatchTransaction(Ledger ledger, Desk.Factory desks, Rejections rejections, Seams seams) {
    this.ledger = ledger;
    this.desks = desks;
    this.rejections = rejections;
    this.seams = seams;
  }

  /// Takes a batch: all of it, or, when this throws, none of it.
  Outcome take(List<Received> batch) {
    Outcome outcome = transact(batch);
    seams.at(Seam.AFTER_COMMIT);
    return outcome;
  }

  /// Takes one record that breaks the batch out of the way: to `changeover.rejected`.
  Outcome reject(Received received, String reason) {
    return take(
        List.of(
            new Received.Unreadable(
                received.source(), received.record(), reason, "a message that can be decided on")));
  }

  private Outcome transact(List<Received> batch) {
    for (int tries = 1; ; tries++) {
      try {
        return ledger.transact(transaction -> within(transaction, batch));
      } catch (LedgerConflictException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private Outcome within(Ledger.Transaction transaction, List<Received> batch) {
    var sources =
        batch.stream().map(Received::source).collect(Collectors.toCollection(TreeSet::new));
    Map<Source, Long> next = transaction.lockSources(sources);
    var fresh =
        batch.stream()
            .filter(r -> r.record().offset() >= next.getOrDefault(r.source(), 0L))
            .toList();
    if (fresh.isEmpty()) {
      return Outcome.NOTHING;
    }
    transaction.lockLanes(lanes(fresh));
    Desk desk = open(transaction, fresh);
    fresh.forEach(desk::take);
    var result = desk.close();
    rejections.send(result.outcome().rejections());
    seams.at(Seam.BEFORE_WRITE);
    transaction.save(result.changes(), result.lines());
    transaction.advance(ends(fresh));
    seams.at(Seam.BEFORE_COMMIT);
    return result.outcome();
  }

  private Desk open(Ledger.Transaction transaction, List<Received> fresh) {
    var digests = new LinkedHashMap<RequestKey, byte[]>();
    Set<String> named = new HashSet<>();
    Set<String> asked = new HashSet<>();
    Set<String> reported = new HashSet<>();
    for (Received received : fresh) {
      switch (received) {
        case Received.Request request -> {
          digests.putIfAbsent(Desk.key(request), Desk.digest(request.message()));
          named.add(Desk.target(request));
          asked.add(request.cluster());
        }
        case Received.Report report -> reported.add(report.report().getUpgrade());
        case Received.Unreadable _ -> {}
      }
    }
    named.addAll(reported);
    var known = transaction.remember(digests);
    List<StoredUpgrade> upgrades = transaction.upgrades(named);
    var reports = new HashMap<String, Set<String>>();
    upgrades.stream()
        .filter(upgrade -> upgrade.ended() && reported.contains(upgrade.id()))
        .forEach(upgrade -> reports.put(upgrade.id(), reports(transaction.journal(upgrade.id()))));
    return desks.open(digests, known, upgrades, transaction.running(asked), reports);
  }

  /// Ids of the reports that a journal has.
  private static Set<String> reports(List<byte[]> journal) {
    return journal.stream()
        .map(entry -> SealedEntry.read(entry).entry().getInput())
        .filter(input -> input.getKind().equals(JournalCodec.REPORT))
        .map(RecordedInput::getId)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Integer> lanes(Collection<Received> batch) {
    var lanes = new TreeSet<Integer>();
    for (Received received : batch) {
      switch (received) {
        case Received.Request request -> lanes.add(Lane.of(request.cluster()));
        case Received.Report report -> lanes.add(Lane.of(report.report().getCluster()));
        case Received.Unreadable _ -> {}
      }
    }
    return lanes;
  }

  private static Map<Source, Long> ends(List<Received> batch) {
    var ends = new LinkedHashMap<Source, Long>();
    batch.forEach(r -> ends.merge(r.source(), r.record().offset() + 1, Math::max));
    return ends;
  }
}
