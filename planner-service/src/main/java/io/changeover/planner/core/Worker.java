package io.changeover.planner.core;

/// Who does a phase; each has a command topic of its own.
public enum Worker {
  MIGRATOR("migrator"),
  TRAFFIC("traffic"),
  EXPORTER("exporter"),
  /// Any program of the operator's: no heartbeats, only a deadline.
  RUNBOOK("runbook");

  private final String word;

  Worker(String word) {
    this.word = word;
  }

  /// The worker as it stands in topic names.
  public String word() {
    return word;
  }
}
