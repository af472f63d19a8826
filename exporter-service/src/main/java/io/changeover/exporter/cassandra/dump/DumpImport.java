package io.changeover.exporter.cassandra.dump;

import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.checkpoint.SliceDone;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.copy.Write;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.copy.Writes;
import io.changeover.exporter.cassandra.plan.CopyPlan;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Planner;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.scan.RateLimit;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericRecord;

/// Writes the rows of a dump into the target. A file is remembered when all of its writes were
/// answered, and read again when it was not.
public final class DumpImport {

  private static final String PARTITIONER = "Murmur3Partitioner";

  private final Keyspace target;
  private final CopyPolicy policy;
  private final ArtifactStore store;
  private final DumpKey key;
  private final Manifest manifest;
  private final CopyPlan plan;
  private final KeyspaceCatalog targetCatalog;
  private final Watch watch;
  private final WriteGate gate;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong ttlRows = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();

  public DumpImport(
      Keyspace target,
      CopyPolicy policy,
      ArtifactStore store,
      DumpKey key,
      Manifest manifest,
      Watch watch,
      WriteGate.Seam seam) {
    this.target = target;
    this.policy = policy;
    this.store = store;
    this.key = key;
    this.manifest = manifest;
    this.targetCatalog = target.catalog();
    this.plan = Planner.plan(source(manifest), targetCatalog, policy);
    this.watch = watch;
    this.gate =
        new WriteGate(target.session(), policy.inFlight(), RateLimit.of(policy.writeRate()), seam);
  }

  /// The source as the manifest describes it.
  private static KeyspaceCatalog source(Manifest manifest) {
    TreeMap<String, Table> tables = new TreeMap<>();
    for (Manifest.DumpedTable table : manifest.tables()) {
      tables.put(
          table.name(), new Table(table.name(), table.id(), table.columns(), table.defaultTtl()));
    }
    return new KeyspaceCatalog(
        manifest.keyspace(),
        PARTITIONER,
        manifest.release(),
        tables,
        new KeyspaceCatalog.Migrations(manifest.migrations(), Map.of()));
  }

  /// What was imported, earlier runs included.
  public record Tally(long rows, int tables, long ttlRows, long skipped, long millis) {}

  /// Tells this import from one of another dump, or into keyspaces made anew.
  public String fingerprint(String sha256) {
    StringBuilder text = new StringBuilder(sha256);
    plan.tables().forEach(table -> text.append(' ').append(table.target().id()));
    return text.toString();
  }

  /// Why nothing may be imported; empty when it may.
  public List<Problem> problems(Checkpoint checkpoint) {
    List<Problem> problems = new ArrayList<>(plan.problems());
    for (String table : plan.missing()) {
      if (manifest.rows(table) > 0) {
        problems.add(
            new Problem(
                "The table %s has rows in the dump, but %s has no such table"
                    .formatted(table, target.name()),
                "every table with rows on both sides",
                "bootstrap green with the plugin that makes the table, or name it under `copy: leave` in the inventory"));
      }
    }
    if (problems.isEmpty() && !checkpoint.begun()) {
      List<String> filled = TargetRows.filled(target, plan.tables());
      if (!filled.isEmpty()) {
        problems.add(
            new Problem(
                "The keyspace %s has rows in %s, and no import of this dump is known to have begun"
                    .formatted(target.name(), filled),
                "a keyspace that green's `kong migrations bootstrap` has just made",
                "find out who wrote them; then drop the keyspace and run the phase bootstrap again"));
      }
    }
    return problems;
  }

  /// Why values of the dump would be lost without a word, where nobody has looked whether there are
  /// any.
  public List<Problem> losses() {
    return plan.absent().stream()
        .map(column -> column.problem("the dump, maybe,", target.name()))
        .toList();
  }

  /// Imports what is not yet imported.
  public Tally run(Checkpoint checkpoint) throws InterruptedException, IOException {
    long from = System.nanoTime();
    if (!checkpoint.begun()) {
      checkpoint.begin();
    }
    watch.ensureCurrent();
    TargetRows.replaceDefaultWorkspace(target, manifest.workspaces());
    int tables = 0;
    for (PlannedTable table : plan.tables()) {
      long before = rows.get();
      table(table, checkpoint);
      tables += rows.get() > before ? 1 : 0;
    }
    long millis = (System.nanoTime() - from) / 1_000_000;
    if (checkpoint.completeMillis().isEmpty()) {
      checkpoint.complete(millis);
    }
    return new Tally(
        rows.get(),
        tables,
        ttlRows.get(),
        skipped.get(),
        checkpoint.completeMillis().orElse(millis));
  }

  private void table(PlannedTable table, Checkpoint checkpoint)
      throws InterruptedException, IOException {
    List<Manifest.DumpFile> files =
        manifest.files().stream().filter(file -> file.table().equals(table.name())).toList();
    RowWriter writer = new RowWriter(target, table, checkpoint.startedMicros(), policy.expiring());
    int[] places = places(table);
    SliceWorkers.run(
        policy.ranges(),
        files,
        file -> {
          Optional<SliceDone> known = checkpoint.done(table.name(), file.slice());
          SliceDone done = known.isPresent() ? known.get() : read(table, file, writer, places);
          if (known.isEmpty()) {
            checkpoint.finished(done);
          }
          count(done);
        });
  }

  private void count(SliceDone done) {
    ttlRows.addAndGet(done.ttlRows());
    skipped.addAndGet(done.skipped());
    watch.rows("import", rows.addAndGet(done.rows()));
  }

  private int[] places(PlannedTable table) {
    Manifest.DumpedTable dumped =
        manifest.tables().stream()
            .filter(some -> some.name().equals(table.name()))
            .findFirst()
            .orElseThrow();
    return table.columns().stream().mapToInt(column -> dumped.columns().indexOf(column)).toArray();
  }

  private SliceDone read(PlannedTable table, Manifest.DumpFile file, RowWriter writer, int[] places)
      throws InterruptedException, IOException {
    DumpFolder.verify(store, file);
    Writes writes = new Writes();
    long written = 0;
    long withTtl = 0;
    long ended = 0;
    try (DataFileStream<GenericRecord> records = DumpFolder.read(store, key, file)) {
      while (records.hasNext()) {
        watch.ensureCurrent();
        StoredRow row = RowFormat.read(records.next(), places);
        List<Write> all = writer.writes(row);
        for (Write write : all) {
          gate.send(write, writes);
        }
        written += all.isEmpty() ? 0 : 1;
        ended += all.isEmpty() ? 1 : 0;
        withTtl += !all.isEmpty() && RowWriter.expires(row, places.length) ? 1 : 0;
      }
    }
    writes.await();
    return new SliceDone(table.name(), file.slice(), written, withTtl, ended, 0, Map.of());
  }
}
