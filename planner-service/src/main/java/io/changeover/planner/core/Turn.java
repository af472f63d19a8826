package io.changeover.planner.core;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the step at the cursor stands. Attempts of a phase are numbered for ever; `tries` counts
/// those since a person last gave the phase a fresh budget.
public sealed interface Turn {
  /// The attempt that is under way or comes next.
  int attempt();

  /// Attempts made on the present budget.
  int tries();

  /// When the planner must act by itself.
  Optional<Instant> due();

  /// The first attempt of a step.
  static Ready first() {
    return new Ready(1, 0);
  }

  /// Nothing is under way: the step is to be begun.
  record Ready(int attempt, int tries) implements Turn {
    @Override
    public Optional<Instant> due() {
      return Optional.empty();
    }
  }

  /// A command is out, and no other one is.
  ///
  /// @param order of the command, rising over the whole upgrade
  /// @param started whether the worker said that it began
  /// @param heartbeatBy when silence makes it lost; null for a runbook
  record Outstanding(
      int attempt,
      int tries,
      long order,
      boolean started,
      Instant commandedAt,
      Instant deadline,
      @Nullable Instant heartbeatBy)
      implements Turn {
    @Override
    public Optional<Instant> due() {
      return Stream.of(Optional.of(deadline), Optional.ofNullable(heartbeatBy))
          .flatMap(Optional::stream)
          .min(Instant::compareTo);
    }

    Outstanding heard(boolean nowStarted, @Nullable Instant nextBy) {
      return new Outstanding(attempt, tries, order, nowStarted, commandedAt, deadline, nextBy);
    }
  }

  /// An attempt failed, and the next one waits its turn.
  record BackingOff(int attempt, int tries, Instant until) implements Turn {
    @Override
    public Optional<Instant> due() {
      return Optional.of(until);
    }
  }
}
