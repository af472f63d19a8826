package io.changeover.migrator.decide;

import io.changeover.migrator.observe.Doubt;

/// What to do next about one wish.
public sealed interface Step {

  /// The world is as wished: report it.
  record AlreadyDone() implements Step {}

  /// Run the command, then look again.
  record Act() implements Step {}

  /// Somebody else is at it, or it needs time: look again later.
  record Wait(String reason) implements Step {}

  /// It must not be done, now or later, until a person has looked.
  ///
  /// @param expected what should have been found
  /// @param remedy what the person can do
  record Refuse(String reason, String expected, String remedy) implements Step {}

  /// The world could not be read: nothing may be done on a guess.
  record Unknown(Doubt doubt) implements Step {}
}
