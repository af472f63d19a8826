package io.changeover.worker;

import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import java.util.List;
import java.util.Map;

/// How a phase ended.
public sealed interface Outcome {

  /// What was observed, under the names of [io.changeover.schemas.Facts].
  Map<String, String> facts();

  /// What was found; never with a secret.
  List<Finding> findings();

  /// It is done, and the facts prove it.
  record Done(Map<String, String> facts, List<Finding> findings) implements Outcome {
    public Done {
      facts = Map.copyOf(facts);
      findings = List.copyOf(findings);
    }
  }

  /// It is not done.
  ///
  /// @param reason what is wrong, in a sentence for the person on call
  /// @param expected what should have been so
  /// @param remedy what to do about it
  record Failed(
      FailureKind kind,
      String reason,
      String expected,
      String remedy,
      Map<String, String> facts,
      List<Finding> findings)
      implements Outcome {
    public Failed {
      facts = Map.copyOf(facts);
      findings = List.copyOf(findings);
    }

    /// The same with what was observed.
    public Failed withFacts(Map<String, String> observed) {
      return new Failed(kind, reason, expected, remedy, observed, findings);
    }

    /// The same with what was found.
    public Failed withFindings(List<Finding> found) {
      return new Failed(kind, reason, expected, remedy, facts, found);
    }
  }

  /// Done.
  static Done done(Map<String, String> facts) {
    return new Done(facts, List.of());
  }

  /// Done, with findings.
  static Done done(Map<String, String> facts, List<Finding> findings) {
    return new Done(facts, findings);
  }

  /// It may pass: the planner tries again.
  static Failed retryable(String reason, String expected, String remedy) {
    return failed(FailureKind.RETRYABLE, reason, expected, remedy);
  }

  /// It will not pass by itself: the planner holds.
  static Failed fatal(String reason, String expected, String remedy) {
    return failed(FailureKind.FATAL, reason, expected, remedy);
  }

  /// The analysis failed on green: the planner rolls back.
  static Failed breached(String reason, String expected, String remedy) {
    return failed(FailureKind.BREACHED, reason, expected, remedy);
  }

  /// The analysis could not tell: the planner waits at a gate.
  static Failed inconclusive(String reason, String expected, String remedy) {
    return failed(FailureKind.INCONCLUSIVE, reason, expected, remedy);
  }

  private static Failed failed(FailureKind kind, String reason, String expected, String remedy) {
    return new Failed(kind, reason, expected, remedy, Map.of(), List.of());
  }
}
