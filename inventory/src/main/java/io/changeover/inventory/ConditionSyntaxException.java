package io.changeover.inventory;

/// A condition that can't be read.
public final class ConditionSyntaxException extends RuntimeException {

  private final String found;
  private final String expected;

  ConditionSyntaxException(int column, String found, String expected) {
    super("Condition, column " + column + ": " + found + "; expected " + expected);
    this.found = "column " + column + ": " + found;
    this.expected = expected;
  }

  /// The column (1 for the first) and what stands there.
  public String found() {
    return found;
  }

  /// What should stand there.
  public String expected() {
    return expected;
  }
}
