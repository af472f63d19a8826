package io.changeover.exporter.cassandra.copy;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.checkpoint.SliceDone;
import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.TableDigests;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.Slice;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Streams every row that moves, slice by slice. A slice is remembered when all of its writes were
/// answered, and begun again when it was not.
public final class BaseCopy {

  private static final int CHUNK = 64;

  private final CopyJob job;
  private final Checkpoint checkpoint;
  private final Watch watch;
  private final WriteGate.Seam seam;
  private final WriteGate gate;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong ttlRows = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final TableDigests config = new TableDigests();

  public BaseCopy(CopyJob job, Checkpoint checkpoint, Watch watch, WriteGate.Seam seam) {
    this.job = job;
    this.checkpoint = checkpoint;
    this.watch = watch;
    this.seam = seam;
    this.gate =
        new WriteGate(job.target().session(), job.policy().inFlight(), job.writeRate(), seam);
  }

  /// Copies what is not yet copied.
  public CopyTally run() throws InterruptedException, IOException {
    long from = System.nanoTime();
    Movement movement = Movement.of(job);
    int tables = 0;
    for (PlannedTable table : job.plan().tables()) {
      long before = rows.get();
      copy(table, movement);
      tables += rows.get() > before ? 1 : 0;
    }
    long millis = (System.nanoTime() - from) / 1_000_000;
    if (checkpoint.completeMillis().isEmpty()) {
      seam.before("complete");
      checkpoint.complete(millis);
    }
    return new CopyTally(
        rows.get(),
        tables,
        ttlRows.get(),
        skipped.get(),
        checkpoint.completeMillis().orElse(millis),
        movement.fold(),
        config);
  }

  private void copy(PlannedTable table, Movement movement)
      throws InterruptedException, IOException {
    TableScan scan = job.scanSource(table, Selection.Times.ALL);
    RowWriter writer =
        new RowWriter(job.target(), table, checkpoint.startedMicros(), job.policy().expiring());
    List<Slice> slices = TableScan.slices(table.source(), job.source());
    SliceWorkers.run(
        job.policy().ranges(),
        slices,
        slice -> {
          Optional<SliceDone> done = checkpoint.done(table.name(), slice.number());
          count(
              done.isPresent()
                  ? done.get()
                  : new SliceCopy(table, movement, writer).run(scan.read(slice), slice.number()));
        });
  }

  private void count(SliceDone done) {
    rows.addAndGet(done.rows());
    ttlRows.addAndGet(done.ttlRows());
    skipped.addAndGet(done.skipped());
    config.add(done.table(), done.sums());
    watch.rows("copy", rows.get());
  }

  /// One slice, for one thread.
  private final class SliceCopy {
    private final PlannedTable table;
    private final Movement movement;
    private final RowWriter writer;
    private final ConfigDigest digest;
    private final Writes writes = new Writes();
    private long written;
    private long withTtl;
    private long ended;
    private long left;

    SliceCopy(PlannedTable table, Movement movement, RowWriter writer) {
      this.table = table;
      this.movement = movement;
      this.writer = writer;
      this.digest = new ConfigDigest(table);
    }

    SliceDone run(RowCursor cursor, int number) throws InterruptedException, IOException {
      List<StoredRow> chunk = new ArrayList<>(CHUNK);
      for (@Nullable StoredRow row = cursor.next(); row != null; row = cursor.next()) {
        chunk.add(row);
        if (chunk.size() == CHUNK) {
          write(chunk);
          chunk.clear();
        }
      }
      write(chunk);
      writes.await();
      SliceDone done =
          new SliceDone(
              table.name(), number, written, withTtl, ended, left, SliceDone.texts(digest.sums()));
      if (written + ended + left > 0) {
        seam.before("checkpoint " + table.name());
        checkpoint.finished(done);
      }
      return done;
    }

    private void write(List<StoredRow> chunk) throws InterruptedException {
      watch.ensureCurrent();
      chunk.forEach(digest::add);
      List<StoredRow> moving = movement.moving(table, chunk);
      left += chunk.size() - moving.size();
      for (StoredRow row : moving) {
        write(row);
      }
    }

    private void write(StoredRow row) throws InterruptedException {
      List<Write> rowWrites = writer.writes(row);
      if (rowWrites.isEmpty()) {
        ended++;
        return;
      }
      written++;
      if (RowWriter.expires(row, table.columns().size())) {
        withTtl++;
      }
      for (Write write : rowWrites) {
        gate.send(write, writes);
      }
    }
  }
}
