package io.changeover.planner.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The planner's durable memory. All of it changes in transactions that are taken whole or not at
/// all.
public interface Ledger {

  /// Runs work in one transaction and commits it.
  ///
  /// @throws LedgerConflictException when another planner changed the same upgrade first; nothing
  ///   was changed and the work may be run again
  /// @throws LedgerUnavailableException when the ledger can't be reached or broke off; whether the
  ///   commit took place is unknown, so that the caller must read again what was consumed
  <R> R transact(Work<R> work);

  /// What happens inside a transaction; run again from the start after a conflict, so that it must
  /// have no effect but on the transaction.
  @FunctionalInterface
  interface Work<R> {
    /// Does it.
    ///
    /// @param transaction valid until this returns
    R in(Transaction transaction);
  }

  /// The operations of one transaction. Locks are taken in this order: sources, lanes, admission;
  /// the same order everywhere, so that no two transactions wait for each other.
  interface Transaction {

    /// Locks the sources until the end of the transaction and tells the next offset to take of
    /// each; 0 for a new one.
    Map<Source, Long> lockSources(Collection<Source> sources);

    /// Sets the next offset to take.
    void advance(Map<Source, Long> next);

    /// Locks lanes until the end of the transaction: nobody else writes their upgrades.
    void lockLanes(Collection<Integer> lanes);

    /// Locks those of the lanes that nobody holds, and tells which.
    Set<Integer> lockFreeLanes(Collection<Integer> lanes);

    /// One planner at a time counts and admits.
    void lockAdmission();

    /// Remembers requests; tells the digests of those that were known before.
    Map<RequestKey, byte[]> remember(Map<RequestKey, byte[]> digests);

    /// Those of the upgrades that exist.
    List<StoredUpgrade> upgrades(Collection<String> ids);

    /// The entries of an upgrade's journal, encoded, oldest first.
    List<byte[]> journal(String upgrade);

    /// The upgrade of each of these clusters that has not ended.
    List<StoredUpgrade> running(Collection<String> clusters);

    /// Ids and lanes of upgrades that are due, earliest first, but for those waiting for admission.
    List<Waiting> due(Instant now, int limit);

    /// Ids and lanes of upgrades that wait for admission, oldest first.
    List<Waiting> queued(int limit);

    /// How many upgrades take a place.
    int counted();

    /// Writes upgrades, journal and what to send.
    void save(List<UpgradeChange> changes, List<JournalLine> lines);
  }

  /// An upgrade that waits for its time.
  ///
  /// @param id the upgrade
  /// @param lane its lane
  /// @param since when it became due, or when it started to wait for admission
  record Waiting(String id, int lane, Instant since) {}
}
