package io.changeover.planner.core;

/// A no, with what was expected, what came instead, and what to do.
public record Refusal(RefusalReason reason, String expected, String got, String remedy) {
  /// The same for people.
  public String sentence() {
    return "Expected " + expected + ", but " + got + ". " + remedy;
  }
}
