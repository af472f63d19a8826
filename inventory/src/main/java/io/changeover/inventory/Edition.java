package io.changeover.inventory;

/// Which Kong Gateway a version is.
public enum Edition {
  ENTERPRISE("enterprise"),
  COMMUNITY("community");

  private final String word;

  Edition(String word) {
    this.word = word;
  }

  /// The word used in inventory files and messages.
  public String word() {
    return word;
  }
}
