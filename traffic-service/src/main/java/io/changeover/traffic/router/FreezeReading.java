package io.changeover.traffic.router;

/// What reading the freeze of a backend gave.
public sealed interface FreezeReading {

  /// The router said it.
  ///
  /// @param listed whether the map has an entry for the backend; without one it is open
  record Seen(FreezeState state, boolean listed) implements FreezeReading {}

  /// The map holds something that nobody here wrote.
  record Foreign(String words) implements FreezeReading {}

  /// The router has no map for it, so no rule that reads one: it can't freeze.
  record NotSetUp(String words) implements FreezeReading {}

  /// The router did not answer, or not in a way that can be understood.
  record Unknown(String reason) implements FreezeReading {}
}
