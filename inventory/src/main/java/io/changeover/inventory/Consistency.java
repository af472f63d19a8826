package io.changeover.inventory;

/// How many replicas must answer. The names are Cassandra's own and the driver's
/// (`DefaultConsistencyLevel`); only those that both reads and writes take.
public enum Consistency {
  ONE,
  TWO,
  THREE,
  QUORUM,
  ALL,
  LOCAL_ONE,
  LOCAL_QUORUM;

  /// The word used in inventory files.
  public String word() {
    return name();
  }
}
