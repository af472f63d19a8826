package io.changeover.migrator.act;

import io.changeover.migrator.observe.Doubt;

/// What trying to take the [MigrationLock] gave.
public sealed interface LockAttempt {

  /// It is ours until it is closed.
  record Taken(MigrationLock lock) implements LockAttempt {}

  /// Somebody else has it.
  ///
  /// @param where to see who
  record Busy(String where) implements LockAttempt {}

  /// The datastore could not be asked.
  record Failed(Doubt doubt) implements LockAttempt {}
}
