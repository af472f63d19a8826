package io.changeover.exporter.cassandra.dump;

import io.changeover.exporter.cassandra.plan.Problem;

/// A dump that must not be used.
public final class BrokenDumpException extends RuntimeException {

  private final transient Problem problem;

  BrokenDumpException(Problem problem) {
    super(problem.reason());
    this.problem = problem;
  }

  /// What is wrong with it.
  public Problem problem() {
    return problem;
  }

  static BrokenDumpException of(String reason, String expected, String remedy) {
    return new BrokenDumpException(new Problem(reason, expected, remedy));
  }
}
