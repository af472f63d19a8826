package io.changeover.cli.client;

/// What the operator must be told, and the exit code that says of what kind it is. Carries no stack
/// trace to the terminal.
public final class Problem extends RuntimeException {
  /// Something was found not to hold.
  public static final int FAILED = 1;

  /// The command line was wrong.
  public static final int USAGE = 2;

  /// Kafka, a database or the planner could not be reached or read.
  public static final int UNREACHABLE = 3;

  private final int exitCode;

  private Problem(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// Something was found not to hold.
  public static Problem failed(String message) {
    return new Problem(FAILED, message);
  }

  /// The command line was wrong.
  public static Problem usage(String message) {
    return new Problem(USAGE, message);
  }

  /// Something could not be reached or read.
  public static Problem unreachable(String message) {
    return new Problem(UNREACHABLE, message);
  }

  /// The exit code of the command.
  public int exitCode() {
    return exitCode;
  }
}
