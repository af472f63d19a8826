package io.changeover.migrator.act;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.SchemaTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/// A database of PostgreSQL.
public record PostgresStore(PostgresDatastore datastore) implements KongStore {

  @Override
  public MetaReading tables(Duration limit) {
    try (Connection connection = Database.open(datastore, limit)) {
      return SchemaTables.read(connection);
    } catch (SQLException e) {
      return new MetaReading.Unreadable(SqlFailures.doubt("reading schema_meta", e));
    } catch (UnresolvedSecretException e) {
      return new MetaReading.Unreadable(Doubt.lasting(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public boolean removeLock(String owner, Duration limit) {
    try (Connection connection = Database.open(datastore, limit);
        PreparedStatement statement =
            connection.prepareStatement(
                "DELETE FROM locks WHERE key = 'migrations' AND owner = ?")) {
      statement.setString(1, owner);
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public LockAttempt lock(Duration limit) {
    try {
      return AdvisoryLock.tryTake(datastore, limit)
          .<LockAttempt>map(LockAttempt.Taken::new)
          .orElseGet(
              () ->
                  new LockAttempt.Busy(
                      "`pg_locks` (advisory, classid " + AdvisoryLock.SPACE + ")"));
    } catch (SQLException e) {
      return new LockAttempt.Failed(SqlFailures.doubt("taking the migration lock", e));
    } catch (UnresolvedSecretException e) {
      return new LockAttempt.Failed(Doubt.lasting(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public String reported() {
    return "postgres/" + datastore.database();
  }
}
