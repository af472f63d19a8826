package io.changeover.traffic.decide;

/// What a measurement, a metric or a whole analysis came to.
public sealed interface Verdict {

  /// Good.
  record Successful() implements Verdict {}

  /// Green is worse than allowed.
  record Failed(String why) implements Verdict {}

  /// Measured, but it says neither.
  record Inconclusive(String why) implements Verdict {}

  /// Could not be measured. That is no failure of green. Argo's word.
  @SuppressWarnings("AvoidCommonTypeNames")
  record Error(String why) implements Verdict {}
}
