package io.changeover.planner.core;

/// How a worker classes a failure.
public enum FailureKind {
  /// A kind of a newer worker; never guessed at.
  UNKNOWN,
  /// May pass: try again with back-off.
  RETRYABLE,
  /// Will not pass by itself: hold.
  FATAL,
  /// The analysis failed on green: roll back.
  BREACHED,
  /// The analysis could not tell: ask a person.
  INCONCLUSIVE
}
