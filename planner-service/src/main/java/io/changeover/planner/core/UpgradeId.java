package io.changeover.planner.core;

/// Names one upgrade, for ever.
public record UpgradeId(String value) {
  public UpgradeId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("Expected the id of an upgrade, but it is empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
