package io.changeover.planner.core;

/// Blue serves before the upgrade, green after it.
public enum Side {
  BLUE("blue"),
  GREEN("green");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  /// The side as it stands in messages.
  public String word() {
    return word;
  }
}
