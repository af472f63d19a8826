package io.changeover.planner.port;

import java.util.Map;

/// Counts over all upgrades, for metrics.
@FunctionalInterface
public interface Census {
  /// Counts now.
  ///
  /// @throws LedgerUnavailableException when the ledger can't be reached
  Counts take();

  /// One count.
  ///
  /// @param byStage upgrades that have not ended, by stage
  /// @param quarantined upgrades that are out of service
  record Counts(Map<String, Long> byStage, long quarantined) {}
}
