package io.changeover.planner.core;

/// What a report says of its attempt.
public enum ReportKind {
  /// A kind of a newer worker; never guessed at.
  UNKNOWN,
  STARTED,
  PROGRESS,
  COMPLETED,
  FAILED
}
