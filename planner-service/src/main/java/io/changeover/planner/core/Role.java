package io.changeover.planner.core;

/// What nodes of a hybrid cluster do.
public enum Role {
  CONTROL_PLANE("control-plane"),
  DATA_PLANE("data-plane");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// The role as it stands in messages.
  public String word() {
    return word;
  }
}
