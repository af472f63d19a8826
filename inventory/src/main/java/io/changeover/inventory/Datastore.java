package io.changeover.inventory;

import java.util.List;

/// Where a cluster keeps its configuration.
public sealed interface Datastore permits PostgresDatastore, CassandraDatastore {

  /// What opens it.
  List<Secret> secrets();
}
