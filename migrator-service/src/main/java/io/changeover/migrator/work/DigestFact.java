package io.changeover.migrator.work;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.migrator.act.ConfigurationDigest;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Adds what the configuration's digest is now.
final class DigestFact {

  private DigestFact() {}

  /// To an outcome that is done; a failure stays as it is.
  static Outcome with(Outcome outcome, Tools tools, Subject subject) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed;
      case Outcome.Done(Map<String, String> facts, var findings) -> {
        try {
          Map<String, String> more = new TreeMap<>(facts);
          more.putAll(read(tools, subject));
          yield Outcome.done(more, findings);
        } catch (SQLException e) {
          yield Outcomes.of(SqlFailures.doubt("reading the configuration for its digest", e))
              .withFacts(facts);
        }
      }
    };
  }

  /// Nothing for Cassandra: there the exporter-service digests, which reads whole rings.
  static Map<String, String> read(Tools tools, Subject subject) throws SQLException {
    return switch (subject.blueStore()) {
      case KeyspaceStore _, NoStore _ -> Map.of();
      case PostgresStore(PostgresDatastore datastore) -> digest(tools, datastore);
    };
  }

  private static Map<String, String> digest(Tools tools, PostgresDatastore datastore)
      throws SQLException {
    try (Connection connection = Database.open(datastore, tools.settings().digest())) {
      ConfigurationDigest.Digest digest = ConfigurationDigest.of(connection);
      return Map.of(
          Facts.DIGEST_CONFIG, digest.sha256(), "rows.config", Long.toString(digest.rows()));
    }
  }
}
