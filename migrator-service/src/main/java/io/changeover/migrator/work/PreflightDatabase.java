package io.changeover.migrator.work;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Topology;
import io.changeover.migrator.act.Database;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.act.SqlFailures;
import io.changeover.migrator.preflight.ContentQuestions;
import io.changeover.migrator.preflight.DatabaseQuestions;
import io.changeover.migrator.preflight.SqlCheck;
import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Set<String> available = tools.pluginsOn(subject.blue());
    List<SqlCheck> checks = new ArrayList<>(checks(subject, datastore));
    checks.addAll(questions(tools, subject, available).inDatabase());
    boolean answers = ask(checks, datastore, tools.settings().reading(), findings);
    return answers ? DigestFact.read(tools, subject, findings) : Map.of();
  }

  /// Only what rows say, whichever schema they stand in, and who may log in.
  static void ofLaterHop(Tools tools, Subject subject, Findings findings)
      throws InterruptedException {
    ContentQuestions questions = questions(tools, subject, tools.pluginsOn(subject.blue()));
    switch (subject.blueStore()) {
      case NoStore _ -> {}
      case PostgresStore(PostgresDatastore datastore) -> {
        List<SqlCheck> checks = new ArrayList<>(fence(subject, datastore));
        checks.addAll(questions.inDatabase());
        boolean _ = ask(checks, datastore, tools.settings().reading(), findings);
      }
      case KeyspaceStore _ -> PreflightKeyspaces.rowsOnly(tools, subject, questions, findings);
    }
  }

  /// What every kind of store is asked.
  static ContentQuestions questions(Tools tools, Subject subject, Set<String> availableOnBlue)
      throws InterruptedException {
    return new ContentQuestions(
        subject.blue().build(),
        subject.green().build(),
        subject.cluster().topology() == Topology.HYBRID,
        subject.blue().target(),
        subject.green().target(),
        availableOnBlue,
        subject.green().added(),
        PluginsOfNodes.look(tools, subject));
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

  private static List<SqlCheck> checks(Subject subject, PostgresDatastore datastore) {
    List<SqlCheck> checks =
        new ArrayList<>(DatabaseQuestions.of(datastore, subject.migrating(subject.green())));
    checks.addAll(fence(subject, datastore));
    return checks;
  }

  private static List<SqlCheck> fence(Subject subject, PostgresDatastore datastore) {
    return subject.cluster().fence().stream()
        .map(
            fence ->
                DatabaseQuestions.fence(
                    datastore,
                    subject.blue().target(),
                    fence,
                    subject.blue().version().version(),
                    subject
                        .ownRole(subject.blue())
                        .flatMap(role -> BlueLogin.conflict(subject, datastore, fence, role))))
        .toList();
  }
}
