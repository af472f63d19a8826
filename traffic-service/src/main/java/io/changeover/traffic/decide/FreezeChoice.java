package io.changeover.traffic.decide;

import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;

/// The next move towards a freeze of the Admin APIs, or away from one.
public sealed interface FreezeChoice {

  /// It is as wanted.
  record Already() implements FreezeChoice {}

  /// Ask the router for this state.
  record Ask(FreezeState state) implements FreezeChoice {}

  /// The router's map holds something of somebody else's; it is left alone.
  record Foreign(String words) implements FreezeChoice {}

  /// The router is not set up for a freeze.
  record Impossible(String words) implements FreezeChoice {}

  /// Nothing may be concluded.
  record Unknown(String reason) implements FreezeChoice {}

  /// Decides.
  static FreezeChoice of(FreezeReading reading, FreezeState wanted) {
    return switch (reading) {
      case FreezeReading.Seen(FreezeState state, var _) ->
          state == wanted ? new Already() : new Ask(wanted);
      case FreezeReading.Foreign(String words) -> new Foreign(words);
      case FreezeReading.NotSetUp(String words) -> new Impossible(words);
      case FreezeReading.Unknown(String reason) -> new Unknown(reason);
    };
  }
}
