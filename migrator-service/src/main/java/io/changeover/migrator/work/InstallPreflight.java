package io.changeover.migrator.work;

import io.changeover.inventory.PostgresDatastore;
import io.changeover.migrator.act.KeyspaceRows;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresRows;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import io.changeover.migrator.preflight.DatabaseQuestions;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.schemas.Facts;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What speaks against a first version: a schema that is there already, rows of anybody's, nodes
/// that run already.
final class InstallPreflight {

  private final Tools tools;
  private final Subject subject;
  private final Findings findings;
  private final Duration limit;

  private InstallPreflight(Tools tools, Subject subject, Findings findings) {
    this.tools = tools;
    this.subject = subject;
    this.findings = findings;
    this.limit = tools.settings().reading();
  }

  static Map<String, String> look(Tools tools, Subject subject, Findings findings)
      throws InterruptedException {
    return new InstallPreflight(tools, subject, findings).look();
  }

  private Map<String, String> look() throws InterruptedException {
    Side green = subject.green();
    CommandResult version = KongCli.version(green.target(), limit);
    VersionChecks.command(green.name(), green.build(), version, findings);
    PreflightWork.settings(subject, green, findings);
    Map<String, String> facts = new TreeMap<>();
    if (subject.greenStore() instanceof NoStore) {
      facts.put(Facts.SCHEMA_STATE, "none");
      PreflightTopology.file(tools, subject, findings);
    } else {
      facts.putAll(schema(tools.green(subject)));
      rows();
      server();
    }
    facts.putAll(PreflightNodes.look(tools, subject, true, findings));
    return facts;
  }

  private Map<String, String> schema(SchemaObservation seen) {
    switch (seen.state()) {
      case SchemaState.NeedsBootstrap _ ->
          findings.fact("install.no-schema", "there is no Kong schema yet", seen.evidence());
      case SchemaState.Executed _,
          SchemaState.Pending _,
          SchemaState.New _,
          SchemaState.PendingAndNew _ ->
          findings.blocker(
              "install.schema-exists",
              "the datastore has a Kong schema already: " + seen.state().word(),
              seen.evidence(),
              "if it is of a cluster that serves, name its version under `serving` and upgrade it;"
                  + " else name another database or keyspace");
      case SchemaState.Disagreement _, SchemaState.Unknown _ ->
          findings.blocker(
              "install.schema-unknown",
              "nobody can say whether the datastore has a Kong schema",
              seen.evidence(),
              "make the datastore readable for the migrator and for green's command");
    }
    return seen.state() instanceof SchemaState.NeedsBootstrap
        ? Map.of(Facts.SCHEMA_STATE, "none")
        : Map.of(Facts.SCHEMA_STATE, seen.state().word());
  }

  private void rows() {
    KeyspaceContent content =
        switch (subject.greenStore()) {
          case PostgresStore(PostgresDatastore datastore) -> PostgresRows.look(datastore, limit);
          case KeyspaceStore keyspace -> KeyspaceRows.alone(keyspace.store(), limit);
          case NoStore _ ->
              new KeyspaceContent.Unreadable(
                  Doubt.lasting("a cluster without datastore has nothing to install into one"));
        };
    switch (content) {
      case KeyspaceContent.Fresh _ ->
          findings.fact("install.no-rows", "nothing is in the way", "no rows in any table");
      case KeyspaceContent.Foreign(long rows, var tables) ->
          findings.blocker(
              "install.rows",
              "the schema or keyspace holds rows already: " + String.join(", ", tables),
              rows + " rows seen",
              "name one that is Kong's alone");
      case KeyspaceContent.Unreadable(var doubt) ->
          findings.blocker(
              "install.unreadable",
              "nobody can say whether the datastore holds rows",
              doubt.reason(),
              "make it readable for the datastore's user of the inventory");
    }
  }

  private void server() {
    if (subject.greenStore() instanceof PostgresStore(PostgresDatastore datastore)) {
      PreflightDatabase.ask(
          List.of(DatabaseQuestions.server(datastore, subject.green().target())),
          datastore,
          limit,
          findings);
    }
  }
}
