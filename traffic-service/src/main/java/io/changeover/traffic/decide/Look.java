package io.changeover.traffic.decide;

import java.util.List;

/// What one look at a running step came to.
public sealed interface Look {

  /// Not done yet.
  record Watching(List<String> waitingFor) implements Look {}

  /// All that was asked for is observed.
  record Done() implements Look {}

  /// Green must not have this traffic: give it back to blue at once.
  record Breached(String why) implements Look {}

  /// Measured, but it says neither good nor bad.
  record Inconclusive(String why) implements Look {}

  /// The router can't be read, or measurements are not possible. Says nothing about green.
  record Unmeasurable(String why) implements Look {}

  /// Somebody else moved weights or states.
  record ChangedBehindOurBack(String found) implements Look {}
}
