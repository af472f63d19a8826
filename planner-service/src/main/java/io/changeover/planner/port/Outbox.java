package io.changeover.planner.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The part of the journal that is not on Kafka yet.
public interface Outbox {

  /// Claims the lanes that have unpublished lines and that nobody else publishes, hands their next
  /// lines to the sender, and moves the lanes' watermarks when it returns. When it throws, or the
  /// planner dies, the same lines come again: at most one batch is sent twice, with the same ids.
  ///
  /// @param limit most lines per lane
  /// @param lanes the lanes to look at
  /// @return how many lines were published
  /// @throws LedgerUnavailableException when the ledger broke off
  int publish(int limit, Collection<Integer> lanes, Sender sender);

  /// As [#publish(int, Collection, Sender)], of all lanes.
  default int publish(int limit, Sender sender) {
    return publish(limit, Lane.ALL, sender);
  }

  /// How many lines wait.
  long lag();

  /// Sends lines in order; returns when all are safe.
  @FunctionalInterface
  interface Sender {
    /// Makes all of them safe.
    ///
    /// @throws SendFailedException when one of them is not safe
    void send(List<Line> lines);
  }

  /// One line as it was committed.
  @SuppressWarnings("ArrayRecordComponent") // bytes pass through and are never compared
  record Line(
      int lane,
      long position,
      String upgrade,
      long seq,
      String cluster,
      Instant at,
      byte[] data,
      List<Outgoing> commands) {}
}
