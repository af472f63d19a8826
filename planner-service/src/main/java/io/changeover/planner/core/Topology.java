package io.changeover.planner.core;

/// How the nodes of a cluster get their configuration.
public enum Topology {
  TRADITIONAL("traditional"),
  HYBRID("hybrid"),
  DB_LESS("db-less");

  private final String word;

  Topology(String word) {
    this.word = word;
  }

  /// The topology as it stands in messages.
  public String word() {
    return word;
  }
}
