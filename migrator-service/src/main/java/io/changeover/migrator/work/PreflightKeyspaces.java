package io.changeover.migrator.work;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Secret;
import io.changeover.migrator.act.CqlFailures;
import io.changeover.migrator.act.KeyspaceRows;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.preflight.AdditiveChecks;
import io.changeover.migrator.preflight.ContentQuestions;
import io.changeover.migrator.preflight.CqlCheck;
import io.changeover.migrator.preflight.KeyspaceQuestions;
import io.changeover.migrator.report.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Asks the keyspaces of both sides everything, and says what could not be asked.
final class PreflightKeyspaces {

  private final Tools tools;
  private final Subject subject;
  private final Findings findings;
  private final Duration limit;

  private PreflightKeyspaces(Tools tools, Subject subject, Findings findings) {
    this.tools = tools;
    this.subject = subject;
    this.findings = findings;
    this.limit = tools.settings().reading();
  }

  /// @param green where green writes; blue's own keyspace where both share it
  static Map<String, String> look(
      Tools tools, Subject subject, KeyspaceStore green, Findings findings)
      throws InterruptedException {
    boolean answers = new PreflightKeyspaces(tools, subject, findings).look(green);
    return answers ? DigestFact.read(tools, subject, findings) : Map.of();
  }

  /// Only what rows of blue's keyspace say.
  static void rowsOnly(
      Tools tools, Subject subject, ContentQuestions questions, Findings findings) {
    PreflightKeyspaces look = new PreflightKeyspaces(tools, subject, findings);
    if (subject.blueStore() instanceof KeyspaceStore keyspace) {
      CassandraStore blue = keyspace.blue();
      try (CqlSession session = Keyspaces.open(blue, look.limit)) {
        look.ask(session, questions.inKeyspace(blue.keyspace()));
      } catch (DriverException | IllegalStateException e) {
        look.unreachable("blue", blue, e);
      }
    }
  }

  /// Whether blue's datastore could be connected to.
  private boolean look(KeyspaceStore green) throws InterruptedException {
    CassandraStore blue = green.blue();
    try (CqlSession session = Keyspaces.open(blue, limit)) {
      Set<String> available = tools.pluginsOn(subject.blue());
      ask(session, KeyspaceQuestions.blue(blue, subject.copied()));
      ask(
          session,
          PreflightDatabase.questions(tools, subject, available).inKeyspace(blue.keyspace()));
      ask(session, KeyspaceQuestions.way(blue, subject.context().command().getWay()));
      SortedMap<String, String> replication =
          RingProbe.replication(session, blue.keyspace()).orElseGet(TreeMap::new);
      green(green, replication, RingProbe.catalogue(session, blue.keyspace()));
      return true;
    } catch (DriverException | IllegalStateException e) {
      unreachable("blue", blue, e);
      return false;
    }
  }

  private void green(KeyspaceStore green, SortedMap<String, String> replication, Catalogue blues) {
    CassandraStore store = green.store();
    boolean sameCluster = store.contactPoints().equals(green.blue().contactPoints());
    try (CqlSession session = Keyspaces.open(store, limit)) {
      ask(
          session,
          KeyspaceQuestions.green(store, subject.green().target(), replication, sameCluster));
      if (subject.copied()) {
        content(green);
        if (sameCluster) {
          additive(green.blue(), blues, RingProbe.catalogue(session, store.keyspace()));
        }
      }
    } catch (DriverException | IllegalStateException e) {
      unreachable("green", store, e);
    }
  }

  private void content(KeyspaceStore green) {
    switch (KeyspaceRows.look(green, limit)) {
      case KeyspaceContent.Fresh(long copied) ->
          findings.fact(
              "keyspace.content",
              "green's keyspace holds nothing of anybody else",
              "rows of blue's seen in it: " + copied);
      case KeyspaceContent.Foreign(long rows, List<String> tables) ->
          findings.blocker(
              "keyspace.foreign-rows",
              "green's keyspace holds rows that are neither its bootstrap's nor blue's",
              rows + " seen in " + String.join(", ", tables),
              "is it the right keyspace? If nobody needs it, drop it");
      case KeyspaceContent.Unreadable(var doubt) ->
          findings.blocker(
              "check.failed",
              "green's keyspace could not be looked at",
              doubt.reason(),
              "make its tables readable for the datastore's user");
    }
  }

  /// The new version's list, read on blue's keyspace; it changes nothing there.
  private void additive(CassandraStore blue, Catalogue blues, Catalogue greens) {
    var seen =
        tools
            .schema()
            .look(
                subject
                    .green()
                    .target()
                    .with("KONG_CASSANDRA_KEYSPACE", Secret.of(blue.keyspace())),
                subject.blueStore());
    AdditiveChecks.look(seen, blues, greens, findings);
  }

  private void ask(CqlSession session, List<CqlCheck> checks) {
    for (CqlCheck check : checks) {
      try {
        check.look(session, findings);
      } catch (DriverException e) {
        findings.blocker(
            "check.failed",
            "the check of " + check.name() + " could not be made",
            CqlFailures.doubt(check.name(), e).reason(),
            "make the question answerable, then retry the phase");
      }
    }
  }

  private void unreachable(String side, CassandraStore store, RuntimeException failure) {
    findings.blocker(
        "database.unreachable",
        side + "'s datastore does not answer the migrator",
        CqlFailures.doubt("connecting to " + store.contactPoints(), failure).reason(),
        "correct the datastore in the inventory");
  }
}
