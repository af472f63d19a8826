package io.changeover.exporter.cassandra.preflight;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.catalog.MissingKeyspaceException;
import io.changeover.exporter.cassandra.compare.PairScan;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.RowLens;
import io.changeover.exporter.cassandra.plan.Absent;
import io.changeover.exporter.cassandra.plan.CopyPlan;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Planner;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.RateLimit;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.exporter.cassandra.store.PeerSchemas;
import io.changeover.inventory.CopyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What both sides look like before anything moves.
public sealed interface Preflight {

  /// Values may be as large as a certificate chain.
  int PAGE = 100;

  /// Nothing speaks against it.
  record Ready(CopyJob job) implements Preflight {}

  /// Something does.
  record Refused(List<Problem> problems) implements Preflight {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// Looks. Only reads.
  static Preflight look(Keyspace source, Keyspace target, CopyPolicy policy) {
    List<Problem> problems = new ArrayList<>();
    Optional<KeyspaceCatalog> from = catalog(source, problems);
    Optional<KeyspaceCatalog> to = catalog(target, problems);
    agreement(source, problems);
    agreement(target, problems);
    if (from.isEmpty() || to.isEmpty()) {
      return new Refused(problems);
    }
    CopyPlan plan = Planner.plan(from.get(), to.get(), policy);
    problems.addAll(plan.problems());
    missing(source, target, plan, problems);
    absent(source, target, plan, problems);
    plan.tables().forEach(table -> order(table, problems));
    if (!problems.isEmpty()) {
      return new Refused(problems);
    }
    return new Ready(
        new CopyJob(
            source,
            from.get(),
            target,
            to.get(),
            plan,
            policy,
            RateLimit.of(policy.readRate()),
            RateLimit.of(policy.writeRate()),
            RowLens.CLEAR));
  }

  private static Optional<KeyspaceCatalog> catalog(Keyspace side, List<Problem> problems) {
    try {
      return Optional.of(side.catalog());
    } catch (MissingKeyspaceException e) {
      problems.add(
          new Problem(
              "There is no keyspace %s".formatted(side.name()),
              "the keyspace that the inventory names",
              "correct the inventory, or bootstrap the keyspace"));
      return Optional.empty();
    }
  }

  private static void agreement(Keyspace side, List<Problem> problems) {
    // It waits, so that what was changed a moment ago is no disagreement.
    boolean agreed = side.agreesOnSchema();
    PeerSchemas peers = side.peerSchemas();
    if (!agreed || !peers.differing().isEmpty()) {
      problems.add(
          new Problem(
              "The nodes of keyspace %s do not agree on the schema%s"
                  .formatted(
                      side.name(),
                      peers.differing().isEmpty()
                          ? ""
                          : ": another one is known of " + PeerSchemas.listed(peers.differing())),
              "one schema version in system.local and system.peers",
              "wait, or look at `nodetool describecluster`; a node that is down keeps its old version: bring it back or remove it from the ring",
              true));
    }
    if (!peers.unknown().isEmpty()) {
      problems.add(
          new Problem(
              "Which schema %s of the nodes of keyspace %s has is not known"
                  .formatted(PeerSchemas.listed(peers.unknown()), side.name()),
              "a schema version of every node in system.peers",
              "see whether it is up (`nodetool status`), or remove from the ring what has left it",
              true));
    }
  }

  private static void missing(
      Keyspace source, Keyspace target, CopyPlan plan, List<Problem> problems) {
    for (String table : plan.missing()) {
      if (hasRows(source, table)) {
        problems.add(
            new Problem(
                "The table %s has rows in %s, but %s has no such table"
                    .formatted(table, source.name(), target.name()),
                "every table with rows on both sides",
                "bootstrap green with the plugin that makes the table, or name it under `copy: leave` in the inventory"));
      }
    }
  }

  private static void absent(
      Keyspace source, Keyspace target, CopyPlan plan, List<Problem> problems) {
    for (Absent column : plan.absent()) {
      if (hasValues(source, column)) {
        problems.add(column.problem(source.name(), target.name()));
      }
    }
  }

  /// Cassandra can't be asked for rows with a value: all are read, until one has it.
  private static boolean hasValues(Keyspace side, Absent column) {
    for (Row row :
        side.session()
            .execute(
                SimpleStatement.newInstance(
                        "SELECT %s FROM %s"
                            .formatted(
                                column.column().quoted(), side.qualified(column.table().name())))
                    .setPageSize(PAGE))) {
      if (!row.isNull(0)) {
        return true;
      }
    }
    return false;
  }

  private static void order(PlannedTable table, List<Problem> problems) {
    if (!PairScan.canPair(table)) {
      problems.add(
          new Problem(
              "The table %s has a clustering key of a type whose order is not known here"
                  .formatted(table.name()),
              "uuid, text, numbers and times",
              "name it under `copy: leave` in the inventory and move it by hand"));
    }
  }

  /// Whether a table has any row.
  static boolean hasRows(Keyspace side, String table) {
    return side.session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT * FROM %s LIMIT 1".formatted(side.qualified(table))))
            .one()
        != null;
  }
}
