package io.changeover.planner.core;

/// The name of a cluster, as in the inventory; the key of every message.
public record ClusterName(String value) {
  public ClusterName {
    if (value.isBlank()) {
      throw new IllegalArgumentException("Expected the name of a cluster, but it is empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
