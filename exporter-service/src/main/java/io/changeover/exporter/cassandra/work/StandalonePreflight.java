package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.catalog.MissingKeyspaceException;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.preflight.Tombstones;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Cluster;
import io.changeover.messages.Finding;
import io.changeover.schemas.Actions;
import io.changeover.worker.Found;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.standalone.Look;
import io.changeover.worker.standalone.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What every phase between two keyspaces looks at before it begins, where nobody commanded one. A
/// keyspace of green's that is not there yet is no problem: the upgrade makes it.
public final class StandalonePreflight implements PhaseWork {

  private static final Duration COMMAND = Duration.ofSeconds(20);

  private final Duration command;

  private StandalonePreflight(Duration command) {
    this.command = command;
  }

  /// The look.
  public static Look of(Look.Limits limits) {
    return new Look(
        "exporter",
        new StandalonePreflight(limits.within(COMMAND, 3)),
        StandalonePreflight::places);
  }

  private static List<Place> places(Cluster cluster) {
    if (!(cluster.datastore() instanceof CassandraDatastore cassandra)) {
      return List.of();
    }
    CassandraStore green = cassandra.green().orElse(cassandra.blue());
    return green.contactPoints().stream()
        .map(host -> new Place("datastore of green", host, green.port()))
        .toList();
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.PREFLIGHT);
  }

  @Override
  public Outcome run(PhaseContext context) {
    String about = "the keyspaces of cluster " + context.cluster().name();
    if (!(context.cluster().datastore() instanceof CassandraDatastore cassandra)
        || cassandra.green().isEmpty()) {
      return Outcome.fatal(
          about + ": the inventory names no two keyspaces",
          "`datastore: cassandra` with `green`",
          "correct the inventory, or choose the procedure shared-datastore");
    }
    try (Keyspace source = Keyspace.open(cassandra.blue());
        Keyspace target = Keyspace.open(cassandra.green().get())) {
      List<Finding> findings = new ArrayList<>(KongYmlCommands.look(context, cassandra, command));
      findings.addAll(tombstones(source));
      if (missing(target)) {
        findings.add(
            Found.fact(
                "keyspace.not-made",
                "Green's keyspace is not there yet; the upgrade makes it",
                "system_schema has no keyspace " + target.name()));
        return Outcome.done(Map.of(), findings);
      }
      return verdict(Preflight.look(source, target, cassandra.copy()), about, findings);
    } catch (RuntimeException e) {
      Optional<Outcome.Failed> failed = CassandraFailures.of(e, about);
      if (failed.isPresent()) {
        return failed.get();
      }
      throw e;
    }
  }

  private static boolean missing(Keyspace target) {
    try {
      return target.catalog().tables().isEmpty();
    } catch (MissingKeyspaceException e) {
      return true;
    }
  }

  /// Nothing where the source's keyspace is missing: the other look says so.
  private static List<Finding> tombstones(Keyspace source) {
    if (missing(source)) {
      return List.of();
    }
    Tombstones.Result seen = Tombstones.of(source);
    List<Finding> findings = new ArrayList<>();
    if (!seen.many().isEmpty()) {
      findings.add(
          Found.warning(
              "cassandra.tombstones",
              "Scans of blue's keyspace walk over many deleted cells, and may be given up by Cassandra",
              seen.many(),
              "run a major compaction of the tables after their gc_grace_seconds, or go on if the copy may be slow"));
    }
    if (!seen.unknown().isEmpty()) {
      findings.add(
          Found.warning(
              "cassandra.tombstones-unknown",
              "How many deleted cells scans of blue's keyspace walk over is not known",
              seen.unknown(),
              "let blue's user read system_traces, or look at `nodetool tablestats` yourself"));
    }
    if (findings.isEmpty()) {
      findings.add(
          Found.fact(
              "cassandra.few-tombstones",
              "The first page of every table of blue's keyspace has few deleted cells",
              seen.tables().size() + " tables read with tracing"));
    }
    return findings;
  }

  private static Outcome verdict(Preflight seen, String about, List<Finding> before) {
    List<Finding> findings = new ArrayList<>(before);
    return switch (seen) {
      case Preflight.Ready(var job) -> {
        findings.add(
            Found.fact(
                "keyspace.copyable",
                "All tables of blue's keyspace can be copied to green's",
                job.plan().tables().size() + " tables"));
        yield Outcome.done(Map.of(), findings);
      }
      case Preflight.Refused(List<Problem> problems) -> {
        problems.stream().map(StandalonePreflight::finding).forEach(findings::add);
        yield CassandraFailures.of(problems, about).withFindings(findings);
      }
    };
  }

  private static Finding finding(Problem problem) {
    return Found.blocker(
        "keyspace.problem", problem.reason(), "expected " + problem.expected(), problem.remedy());
  }
}
