package io.changeover.inventory;

import java.util.List;

/// One keyspace of one Cassandra cluster, and how to reach it.
///
/// @param contactPoints host names or addresses, without ports
/// @param port of the native protocol, the same at every node
/// @param localDatacenter the data centre whose nodes are asked
/// @param keyspace as Cassandra stores it: case counts
/// @param user empty text where the cluster asks for none
/// @param password empty text where the cluster asks for none
/// @param tls whether connections are encrypted; trust comes from the JVM's `javax.net.ssl.*`
/// @param consistency of every read and write but Kong's own
public record CassandraStore(
    List<String> contactPoints,
    int port,
    String localDatacenter,
    String keyspace,
    String user,
    Secret password,
    boolean tls,
    Consistency consistency) {
  public CassandraStore {
    contactPoints = List.copyOf(contactPoints);
  }
}
