package io.changeover.inventory;

import java.util.List;

/// A Cassandra keyspace that Kong uses.
///
/// @param contactPoints host names or addresses, without ports
/// @param user empty text where the cluster asks for none
/// @param password empty text where the cluster asks for none
public record CassandraDatastore(
    List<String> contactPoints,
    int port,
    String localDatacenter,
    String keyspace,
    String user,
    Secret password)
    implements Datastore {

  @Override
  public List<Secret> secrets() {
    return List.of(password);
  }
}
