package io.changeover.migrator.work;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.preflight.DatabaseQuestions;
import io.changeover.migrator.preflight.SqlCheck;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the database everything, and says what could not be asked.
final class PreflightDatabase {

  private PreflightDatabase() {}

  static Map<String, String> look(Tools tools, Subject subject, Findings findings)
      throws InterruptedException {
    return switch (subject.greenStore()) {
      case NoStore _ -> Map.of();
      case PostgresStore(PostgresDatastore datastore) -> look(tools, subject, datastore, findings);
      case KeyspaceStore keyspace -> PreflightKeyspaces.look(tools, subject, keyspace, findings);
    };
  }

  private static Map<String, String> look(
      Tools tools, Subject subject, PostgresDatastore datastore, Findings findings)
      throws InterruptedException {
    boolean answers =
        ask(
            checks(subject, datastore, tools.pluginsOn(subject.blue())),
            datastore,
            tools.settings().reading(),
            findings);
    return answers ? digest(tools, subject, findings) : Map.of();
  }

  /// Makes all of these checks on one connection.
  ///
  /// @return whether the datastore could be connected to
  static boolean ask(
      List<SqlCheck> checks, PostgresDatastore datastore, Duration limit, Findings findings) {
    try (Connection connection = Database.open(datastore, limit)) {
      for (SqlCheck check : checks) {
        ask(check, connection, findings);
      }
      return true;
    } catch (SQLException e) {
      findings.blocker(
          "database.unreachable",
          "the datastore does not answer the migrator",
          SqlFailures.doubt("connecting to " + datastore.host(), e).reason(),
          "correct the datastore in the inventory");
      return false;
    }
  }

  private static void ask(SqlCheck check, Connection connection, Findings findings) {
    try {
      check.look(connection, findings);
    } catch (SQLException e) {
      findings.blocker(
          "check.failed",
          "the check of " + check.name() + " could not be made",
          SqlFailures.doubt(check.name(), e).reason(),
          "make the question answerable, then retry the phase");
    }
  }

  private static List<SqlCheck> checks(
      Subject subject, PostgresDatastore datastore, Set<String> availableOnBlue) {
    Optional<Fence> fence = subject.cluster().fence();
    return DatabaseQuestions.of(
        datastore,
        subject.blue().target(),
        subject.green().target(),
        fence,
        fence.flatMap(one -> BlueLogin.conflict(subject, datastore, one)),
        availableOnBlue);
  }

  private static Map<String, String> digest(Tools tools, Subject subject, Findings findings) {
    try {
      return DigestFact.read(tools, subject);
    } catch (SQLException e) {
      findings.blocker(
          "check.failed",
          "the configuration could not be read for its digest",
          SqlFailures.doubt("digest", e).reason(),
          "make the tables readable for the datastore's user");
      return Map.of();
    }
  }
}
