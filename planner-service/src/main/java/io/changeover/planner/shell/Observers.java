package io.changeover.planner.shell;

import java.util.List;

/// Who is told of what was done, after it was committed.
final class Observers {
  private final List<Observer> observers;

  Observers(List<Observer> observers) {
    this.observers = List.copyOf(observers);
  }

  void saw(Outcome outcome) {
    if (!outcome.isNothing()) {
      observers.forEach(observer -> observer.saw(outcome));
    }
  }

  /// One of them.
  @FunctionalInterface
  interface Observer {
    void saw(Outcome outcome);
  }
}
