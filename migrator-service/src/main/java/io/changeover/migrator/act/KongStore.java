package io.changeover.migrator.act;

import io.changeover.migrator.observe.MetaReading;
import java.time.Duration;

/// Where one side of an upgrade keeps its configuration: what every phase asks of it, whatever it
/// is. Nothing here throws for what could not be read.
public sealed interface KongStore permits PostgresStore, KeyspaceStore, NoStore {

  /// What `schema_meta` and `locks` hold.
  ///
  /// @param limit for each answer
  MetaReading tables(Duration limit);

  /// Takes Kong's migration lock away from an owner that is proven to be gone.
  ///
  /// @return whether it did
  boolean removeLock(String owner, Duration limit);

  /// Takes our own lock, or says at once why not.
  LockAttempt lock(Duration limit);

  /// The kind and the name as a node's Admin API gives them, `postgres/kong`.
  String reported();
}
