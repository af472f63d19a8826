package io.changeover.exporter.cassandra.kongyml;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.inventory.Node;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Fills the target by `kong config db_import` of the new version. Kong's import has no transaction
/// and can't go on where it ended: what a broken one has left is emptied before the next one, where
/// it is proved to be its own and nobody can have served it.
public final class KongYmlImport {

  private static final Duration PARSING = Duration.ofMinutes(10);

  private final CopyJob job;
  private final KongYmlFile file;
  private final KongTarget kong;
  private final List<Node> nodes;
  private final Watch watch;
  private final ImportProcess process;

  /// Prepares an import.
  ///
  /// @param job of the tables that the import fills
  /// @param file at the target's side, verified
  /// @param kong green's command, with green's settings
  /// @param nodes green's nodes, which must be down
  public KongYmlImport(
      CopyJob job,
      KongYmlFile file,
      KongTarget kong,
      List<Node> nodes,
      Watch watch,
      String cluster) {
    this.job = job;
    this.file = file;
    this.kong = kong;
    this.nodes = nodes;
    this.watch = watch;
    this.process = new ImportProcess(job.policy().folder(), cluster);
  }

  /// Tells this import from one of another file, or into tables made anew.
  ///
  /// @param job of the tables that the import fills
  public static String fingerprint(CopyJob job, KongYmlFile file, String upgrade) {
    return file.sha256() + " " + job.fingerprint() + " " + upgrade;
  }

  /// Imports, unless it was done before.
  ///
  /// @param patience how long the import itself may take, and whether it is called off
  /// @return why it is not done; empty when every entity of the file is there
  public Optional<Problem> run(Checkpoint checkpoint, Patience patience)
      throws InterruptedException, IOException {
    if (checkpoint.completeMillis().isPresent() && counted().isEmpty()) {
      return Optional.empty();
    }
    Optional<Problem> problem = ready(checkpoint);
    if (problem.isPresent()) {
      return problem;
    }
    Optional<Problem> unparsed = parsed(patience);
    if (unparsed.isPresent()) {
      return unparsed;
    }
    watch.ensureCurrent();
    if (!checkpoint.begun()) {
      checkpoint.begin();
    }
    Homes.adopt(job, UUID.fromString(file.manifest().workspace()));
    watch.ensureCurrent();
    process.starting();
    CommandResult result =
        KongCli.configImport(kong, file.path().toString(), patience, process::started);
    process.ended();
    Optional<Problem> failed = ConfigWords.problem(result);
    if (failed.isPresent()) {
      watch.ensureCurrent();
      return failed;
    }
    Optional<Problem> counted = counted();
    if (counted.isEmpty()) {
      checkpoint.complete(result.took().toMillis());
    }
    return counted;
  }

  /// Whether the target is empty and green down; what an earlier import has left is emptied.
  private Optional<Problem> ready(Checkpoint checkpoint) throws InterruptedException, IOException {
    if (process.mayRun()) {
      return Optional.of(
          new Problem(
              "An import that an earlier attempt has started runs, or may run",
              "no other import",
              "wait for the end of `kong config db_import`; where none runs, remove the file `*.kong-yml.process` in `copy: folder`",
              true));
    }
    GreenSilence.Heard heard = GreenSilence.of(nodes);
    if (!heard.listening().isEmpty()) {
      return Optional.of(
          new Problem(
              "Nodes of green run already: " + heard.listening(),
              "green down until it is filled: running nodes do not notice an import",
              "stop them, then retry the phase"));
    }
    List<String> filled = TargetRows.filled(job.target(), job.plan().tables());
    if (filled.isEmpty()) {
      return Optional.empty();
    }
    return checkpoint.begun() ? emptied(filled, heard) : Optional.of(foreign(filled));
  }

  private Problem foreign(List<String> filled) {
    return new Problem(
        "The keyspace %s has rows in %s, and no import of this file by this upgrade is known to have begun"
            .formatted(job.target().name(), filled),
        "a keyspace that green's `kong migrations bootstrap` has just made",
        "find out who wrote them; then drop the keyspace and run the phase bootstrap again");
  }

  /// The rows are of an import of this upgrade into these very tables, which were empty when it
  /// began: what else could be in them is looked for, row by row.
  private Optional<Problem> emptied(List<String> filled, GreenSilence.Heard heard)
      throws InterruptedException, IOException {
    if (!heard.isSilent()) {
      return Optional.of(
          new Problem(
              "The keyspace %s holds a part of an import, and it is not known whether green's nodes %s run"
                  .formatted(job.target().name(), heard.unknown()),
              "green known to be down before what was imported is emptied",
              "make the nodes' addresses answer or refuse; or drop the keyspace and run the phase bootstrap again",
              true));
    }
    Set<String> ended = new HashSet<>(file.manifest().ending());
    Optional<Problem> foreign = TargetRows.foreign(job, watch, ended::contains);
    if (foreign.isPresent()) {
      return foreign;
    }
    for (String table : filled) {
      watch.ensureCurrent();
      job.target()
          .session()
          .execute(SimpleStatement.newInstance("TRUNCATE " + job.target().qualified(table)));
    }
    return Optional.empty();
  }

  private Optional<Problem> parsed(Patience patience) {
    Duration limit = patience.limit().compareTo(PARSING) < 0 ? patience.limit() : PARSING;
    return ConfigWords.unparsed(
        KongCli.configParse(
            kong, file.path().toString(), new Patience(limit, true, patience.calledOff())));
  }

  /// Exit code 0 proves nothing: every entity of the file is counted.
  private Optional<Problem> counted() throws InterruptedException {
    Map<String, String> wrong = new TreeMap<>();
    for (PlannedTable table : job.plan().tables()) {
      if (!table.name().equals("tags")) {
        long expected = file.manifest().entities().getOrDefault(table.name(), 0L);
        long found = KongYmlTables.rows(job.target(), table.target());
        if (found != expected) {
          wrong.put(table.name(), "%d of %d".formatted(found, expected));
        }
      }
    }
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "After the import the keyspace %s has other counts than the file: %s"
                    .formatted(job.target().name(), wrong),
                "as many entities as stand in the file",
                "find out who wrote to it; retry the phase, which empties what is the import's own"));
  }
}
