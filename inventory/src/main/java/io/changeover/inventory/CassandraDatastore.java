package io.changeover.inventory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Cassandra, where Kong keeps its configuration in a keyspace.
///
/// @param blue the keyspace that serves today
/// @param green the keyspace that the new version gets; absent with `sameKeyspace`
/// @param sameKeyspace whether both versions share blue's keyspace (`migrations up` and `finish`,
///   as on PostgreSQL) instead of the upgrade guide's copy
/// @param copy how green's keyspace is filled
public record CassandraDatastore(
    CassandraStore blue, Optional<CassandraStore> green, boolean sameKeyspace, CopyPolicy copy)
    implements Datastore {

  @Override
  public List<Secret> secrets() {
    return Stream.of(
            Stream.of(blue.password()),
            green.map(CassandraStore::password).stream(),
            Stream.of(copy.key()))
        .flatMap(part -> part)
        .toList();
  }
}
