package io.changeover.inventory;

import java.util.List;

/// Where a cluster keeps its configuration.
public sealed interface Datastore permits PostgresDatastore, CassandraDatastore, NoDatastore {

  /// What opens it.
  List<Secret> secrets();
}
