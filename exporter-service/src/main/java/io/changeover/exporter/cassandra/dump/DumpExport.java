package io.changeover.exporter.cassandra.dump;

import io.changeover.exporter.cassandra.checkpoint.SliceDone;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// Writes every row that moves into files, one per table and slice that has any.
public final class DumpExport {

  private static final int CHUNK = 64;

  private final CopyJob job;
  private final String cluster;
  private final DumpKey key;
  private final Path folder;
  private final Watch watch;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong ttlRows = new AtomicLong();
  private final List<Manifest.DumpFile> files = new ArrayList<>();
  private final Map<String, Map<String, DigestSum>> config = new TreeMap<>();

  /// Prepares an export.
  ///
  /// @param job with the source on both sides
  /// @param folder where to write
  public DumpExport(CopyJob job, String cluster, DumpKey key, Path folder, Watch watch) {
    this.job = job;
    this.cluster = cluster;
    this.key = key;
    this.folder = folder;
    this.watch = watch;
  }

  /// Writes what a new keyspace of the next version needs; the manifest last.
  public DumpFolder.Known run() throws InterruptedException, IOException {
    return run(Movement.of(job));
  }

  /// Writes every row, old versions of targets included; the manifest last.
  public DumpFolder.Known runWhole() throws InterruptedException, IOException {
    return run(Movement.everything(job));
  }

  private DumpFolder.Known run(Movement movement) throws InterruptedException, IOException {
    PrivateFiles.folder(folder);
    for (PlannedTable table : job.plan().tables()) {
      TableScan scan = job.scanSource(table, Selection.Times.ALL);
      SliceWorkers.run(
          job.policy().ranges(),
          TableScan.slices(table.source(), job.source()),
          slice -> {
            SliceExport export = new SliceExport(table, movement, scan.read(slice));
            DumpFolder.write(folder, key, table.name(), slice.number(), export)
                .ifPresent(this::add);
            add(table.name(), export.digest.sums());
          });
    }
    return DumpFolder.complete(folder, key, manifest(movement));
  }

  private synchronized void add(Manifest.DumpFile file) {
    files.add(file);
    watch.rows("export", rows.addAndGet(file.rows()));
  }

  private synchronized void add(String table, Map<String, DigestSum> sums) {
    Map<String, DigestSum> all = config.computeIfAbsent(table, _ -> new TreeMap<>());
    sums.forEach((workspace, sum) -> all.computeIfAbsent(workspace, _ -> new DigestSum()).add(sum));
  }

  private Manifest manifest(Movement movement) {
    files.sort(
        Comparator.comparing(Manifest.DumpFile::table).thenComparingInt(Manifest.DumpFile::slice));
    Map<String, Map<String, SliceDone.Sum>> digests = new TreeMap<>();
    config.forEach((table, sums) -> digests.put(table, SliceDone.texts(sums)));
    return new Manifest(
        Manifest.FORMAT,
        cluster,
        job.source().name(),
        job.sourceCatalog().release(),
        job.sourceCatalog().migrations().executed(),
        System.currentTimeMillis(),
        Manifest.tables(job),
        job.plan().table("workspaces").isPresent()
            ? TargetRows.workspaceIds(job.source())
            : Set.of(),
        Manifest.left(job),
        job.policy().weightZeroTargets().word(),
        movement.fold().before(),
        movement.fold().after(),
        movement.fold().weightZero(),
        ttlRows.get(),
        digests,
        files);
  }

  /// One slice, for one thread.
  private final class SliceExport implements DumpFolder.Rows {
    private final PlannedTable table;
    private final Movement movement;
    private final RowCursor cursor;
    private final ConfigDigest digest;

    SliceExport(PlannedTable table, Movement movement, RowCursor cursor) {
      this.table = table;
      this.movement = movement;
      this.cursor = cursor;
      this.digest = new ConfigDigest(table);
    }

    @Override
    public long to(DataFileWriter<GenericRecord> writer) throws IOException, InterruptedException {
      long count = 0;
      List<StoredRow> chunk = new ArrayList<>(CHUNK);
      for (@Nullable StoredRow row = cursor.next(); row != null; row = cursor.next()) {
        chunk.add(row);
        if (chunk.size() == CHUNK) {
          count += append(chunk, writer);
          chunk.clear();
        }
      }
      return count + append(chunk, writer);
    }

    private long append(List<StoredRow> chunk, DataFileWriter<GenericRecord> writer)
        throws IOException, InterruptedException {
      watch.ensureCurrent();
      chunk.forEach(digest::add);
      List<StoredRow> moving = movement.moving(table, chunk);
      for (StoredRow row : moving) {
        writer.append(RowFormat.write(row, table.columns().size()));
        if (RowWriter.expires(row, table.columns().size())) {
          ttlRows.incrementAndGet();
        }
      }
      return moving.size();
    }
  }
}
