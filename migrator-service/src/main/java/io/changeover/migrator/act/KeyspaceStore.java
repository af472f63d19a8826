package io.changeover.migrator.act;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.MetaReading;
import java.time.Duration;

/// A keyspace of Cassandra.
///
/// @param store the keyspace
/// @param blue the one that blue serves from; the same with a shared keyspace
public record KeyspaceStore(CassandraStore store, CassandraStore blue) implements KongStore {

  @Override
  public MetaReading tables(Duration limit) {
    try (CqlSession session = Keyspaces.open(store, limit)) {
      return KeyspaceTables.read(session, store.keyspace());
    } catch (DriverException | UnresolvedSecretException | IllegalStateException e) {
      return new MetaReading.Unreadable(CqlFailures.doubt("reading schema_meta", e));
    }
  }

  @Override
  public boolean removeLock(String owner, Duration limit) {
    try (CqlSession session = Keyspaces.open(store, limit)) {
      return session
          .execute(
              Keyspaces.on(
                      store.keyspace(),
                      "DELETE FROM %s.locks WHERE key = 'migrations' IF owner = ?",
                      owner)
                  .setConsistencyLevel(DefaultConsistencyLevel.QUORUM))
          .wasApplied();
    } catch (DriverException | UnresolvedSecretException | IllegalStateException e) {
      return false;
    }
  }

  @Override
  public LockAttempt lock(Duration limit) {
    return Lease.tryTake(store, limit);
  }

  @Override
  public String reported() {
    return "cassandra/" + store.keyspace();
  }
}
