package io.changeover.migrator.work;

import com.datastax.oss.driver.api.core.DriverException;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.act.ConfigurationDigest;
import io.changeover.migrator.act.CqlFailures;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KeyspaceDigest;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.report.Findings;
import io.changeover.migrator.report.Outcomes;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Adds what the configuration's digest is now.
final class DigestFact {

  private static final String READING = "reading the configuration for its digest";

  private DigestFact() {}

  /// To an outcome that is done; a failure stays as it is.
  static Outcome with(Outcome outcome, Tools tools, Subject subject) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed;
      case Outcome.Done(Map<String, String> facts, var findings) ->
          switch (read(tools, subject)) {
            case Digested.Unreadable(Doubt doubt) -> Outcomes.of(doubt).withFacts(facts);
            case Digested.Read(Map<String, String> digest) -> {
              Map<String, String> more = new TreeMap<>(facts);
              more.putAll(digest);
              yield Outcome.done(more, findings);
            }
          };
    };
  }

  /// The facts; for a preflight a blocker where the configuration could not be read.
  static Map<String, String> read(Tools tools, Subject subject, Findings findings) {
    return switch (read(tools, subject)) {
      case Digested.Read(Map<String, String> digest) -> digest;
      case Digested.Unreadable(Doubt doubt) -> {
        findings.blocker(
            "check.failed",
            "the configuration could not be read for its digest",
            doubt.reason(),
            "make the tables readable for the datastore's user");
        yield Map.of();
      }
    };
  }

  private sealed interface Digested {
    record Read(Map<String, String> facts) implements Digested {

      static final Read NOTHING = new Read(Map.of());

      static Read of(ConfigurationDigest.Digest digest) {
        return new Read(
            Map.of(
                Facts.DIGEST_CONFIG, digest.sha256(), "rows.config", Long.toString(digest.rows())));
      }
    }

    record Unreadable(Doubt doubt) implements Digested {}
  }

  /// Nothing where a keyspace is copied: there the exporter-service digests, which reads both
  /// sides.
  private static Digested read(Tools tools, Subject subject) {
    Duration limit = tools.settings().digest();
    return switch (subject.blueStore()) {
      case NoStore _ -> Digested.Read.NOTHING;
      case PostgresStore(PostgresDatastore datastore) -> read(datastore, limit);
      case KeyspaceStore keyspace ->
          subject.copied() ? Digested.Read.NOTHING : read(keyspace.store(), limit);
    };
  }

  private static Digested read(PostgresDatastore datastore, Duration limit) {
    try (Connection connection = Database.open(datastore, limit)) {
      return Digested.Read.of(ConfigurationDigest.of(connection));
    } catch (SQLException e) {
      return new Digested.Unreadable(SqlFailures.doubt(READING, e));
    }
  }

  private static Digested read(CassandraStore store, Duration limit) {
    try {
      return Digested.Read.of(KeyspaceDigest.of(store, limit));
    } catch (DriverException | UnresolvedSecretException | IllegalStateException e) {
      return new Digested.Unreadable(CqlFailures.doubt(READING, e));
    }
  }
}
