package io.changeover.cli.demo;

/// What the demo's cluster keeps its configuration in, and so how it is upgraded.
public enum Scenario {
  /// One database for both versions: `shared-datastore`.
  POSTGRES,

  /// A keyspace for each version, and a copy between them: `keyspace-copy`.
  CASSANDRA
}
