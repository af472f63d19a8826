package io.changeover.planner.core;

/// Which Kong Gateway a version is.
public enum Edition {
  ENTERPRISE("enterprise"),
  COMMUNITY("community");

  private final String word;

  Edition(String word) {
    this.word = word;
  }

  /// The edition as it stands in messages.
  public String word() {
    return word;
  }
}
