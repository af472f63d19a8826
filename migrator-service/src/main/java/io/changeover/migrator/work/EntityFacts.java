package io.changeover.migrator.work;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.CqlFailures;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.EntityCounts;
import io.changeover.migrator.act.KeyspaceEntityCounts;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many entities each workspace has, where an upgrade goes from Community to Enterprise: the
/// counts before and after must be the same.
final class EntityFacts {

  private static final String DOING = "counting entities";

  private EntityFacts() {}

  /// The counts under that fact; nothing for any other upgrade. What could not be counted is a
  /// blocker, since without it nobody knows.
  static Map<String, String> read(Tools tools, Subject subject, String fact, Findings findings) {
    if (!subject.toEnterprise() || subject.blueStore() instanceof NoStore) {
      return Map.of();
    }
    try {
      return Map.of(fact, words(counts(subject, tools.settings().digest())));
    } catch (SQLException e) {
      uncounted(SqlFailures.doubt(DOING, e).reason(), findings);
    } catch (UnresolvedSecretException e) {
      uncounted(String.valueOf(e.getMessage()), findings);
    } catch (DriverException | IllegalStateException e) {
      uncounted(CqlFailures.doubt(DOING, e).reason(), findings);
    }
    return Map.of();
  }

  /// @param limit for each answer
  private static SortedMap<String, Long> counts(Subject subject, Duration limit)
      throws SQLException {
    return switch (subject.blueStore()) {
      case NoStore _ -> new TreeMap<>();
      case PostgresStore(PostgresDatastore datastore) -> {
        try (Connection connection = Database.open(datastore, limit)) {
          yield EntityCounts.byWorkspace(connection);
        }
      }
      case KeyspaceStore keyspace -> {
        try (CqlSession session = Keyspaces.open(keyspace.store(), limit)) {
          yield KeyspaceEntityCounts.byWorkspace(session, keyspace.store().keyspace());
        }
      }
    };
  }

  private static String words(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining(","));
  }

  private static void uncounted(String evidence, Findings findings) {
    findings.blocker(
        "community.uncounted",
        "the entities of each workspace could not be counted",
        evidence,
        "make the tables readable for the datastore's user, then retry the phase");
  }
}
