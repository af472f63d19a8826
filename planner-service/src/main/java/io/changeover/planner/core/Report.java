package io.changeover.planner.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a worker or runbook says of one attempt of one phase.
///
/// @param worker the instance that says it
/// @param facts what was observed, by name
/// @param blockers messages of findings that stand against going on
/// @param failure of a FAILED report
public record Report(
    String id,
    Instant at,
    long seed,
    ClusterName cluster,
    String phase,
    int attempt,
    String worker,
    ReportKind kind,
    SortedMap<String, String> facts,
    List<String> blockers,
    @Nullable Failure failure)
    implements UpgradeInput {
  public Report {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    blockers = List.copyOf(blockers);
  }

  /// Why an attempt failed.
  public record Failure(FailureKind kind, String reason, String expected, String remedy) {}
}
