package io.changeover.inventory;

/// How the nodes of a cluster get their configuration.
public enum Topology {
  /// Every node reads the datastore.
  TRADITIONAL("traditional"),
  /// Control planes read the datastore and push to data planes, which have none.
  HYBRID("hybrid"),
  /// Every node reads a declarative file; there is no datastore.
  DB_LESS("db-less");

  private final String word;

  Topology(String word) {
    this.word = word;
  }

  /// The word used in inventory files and messages.
  public String word() {
    return word;
  }
}
