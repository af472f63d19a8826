package io.changeover.exporter.cassandra.catalog;

/// There is no such keyspace.
public final class MissingKeyspaceException extends RuntimeException {
  public MissingKeyspaceException(String keyspace) {
    super("Expected the keyspace %s, but Cassandra has none of that name".formatted(keyspace));
  }
}
