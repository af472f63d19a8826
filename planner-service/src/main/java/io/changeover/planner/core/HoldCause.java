package io.changeover.planner.core;

/// Why an upgrade stands still until a person acts.
public enum HoldCause {
  /// A worker says that it will not pass by itself.
  FATAL,
  /// Every attempt failed or was lost.
  ATTEMPTS_EXHAUSTED,
  /// A runbook did not answer in time; it is not run twice unasked.
  RUNBOOK_SILENT,
  /// A phase says that it is done and does not prove it.
  EVIDENCE_MISSING,
  /// A report or failure of a kind that this planner does not know.
  UNKNOWN_KIND,
  /// The analysis failed where nothing can roll back.
  BREACHED,
  /// The analysis could not tell where nothing can roll back.
  INCONCLUSIVE,
  /// A person said no at a gate.
  GATE_REJECTED,
  /// Nobody answered a gate in time.
  GATE_EXPIRED,
  /// Blue's configuration is no longer the one that was copied.
  CONFIGURATION_CHANGED,
  /// The next phase is not safe by what has been seen.
  UNSAFE
}
