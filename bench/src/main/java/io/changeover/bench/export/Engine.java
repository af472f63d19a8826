package io.changeover.bench.export;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.exporter.cassandra.copy.BaseCopy;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.dump.DumpExport;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpImport;
import io.changeover.exporter.cassandra.dump.DumpKey;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.dump.Manifest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.TableScan;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.Consistency;
import io.changeover.inventory.CopyPolicy;
import io.changeover.inventory.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is measured: the exporter-service's own classes, as its phases use them.
final class Engine implements AutoCloseable {

  private static final String CLUSTER = "bench";

  private final Keyspace source;
  private final Keyspace target;
  private final CopyJob job;
  private final Path folder;
  private @Nullable DumpKey key;
  private DumpFolder.@Nullable Known dumped;
  private long rows;
  private boolean equal;

  private Engine(Keyspace source, Keyspace target, Path folder, int inFlight) {
    CopyPolicy usual = CopyPolicy.USUAL;
    CopyPolicy policy =
        new CopyPolicy(
            usual.way(),
            usual.export(),
            usual.leave(),
            usual.include(),
            usual.weightZeroTargets(),
            usual.expiring(),
            inFlight,
            usual.ranges(),
            0,
            0,
            folder,
            folder,
            usual.key());
    this.source = source;
    this.target = target;
    this.folder = folder;
    this.job = ready(Preflight.look(source, target, policy));
  }

  private static CopyJob ready(Preflight verdict) {
    return switch (verdict) {
      case Preflight.Ready(CopyJob ready) -> ready;
      case Preflight.Refused(var problems) ->
          throw new IllegalStateException("Expected two fit keyspaces, but " + problems);
    };
  }

  static Engine open(int port, String source, String target, Path folder, int inFlight) {
    return new Engine(
        Keyspace.open(store(port, source)), Keyspace.open(store(port, target)), folder, inFlight);
  }

  private static CassandraStore store(int port, String keyspace) {
    return new CassandraStore(
        List.of("127.0.0.1"),
        port,
        "datacenter1",
        keyspace,
        "",
        Secret.EMPTY,
        false,
        Consistency.QUORUM);
  }

  /// Copies all.
  long copy() throws IOException, InterruptedException {
    TargetRows.replaceDefaultWorkspace(job)
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem.reason());
            });
    try (Checkpoint checkpoint =
        Checkpoint.open(folder, "bench", job.fingerprint(), System.currentTimeMillis() * 1_000)) {
      rows = new BaseCopy(job, checkpoint, Watch.NONE, WriteGate.Seam.NONE).run().rows();
      return rows;
    }
  }

  /// Writes all into encrypted files.
  long export() throws IOException, InterruptedException {
    key = key();
    dumped = new DumpExport(sourceOnly(), CLUSTER, key, folder.resolve("dump"), Watch.NONE).run();
    return dumped.manifest().files().stream().mapToLong(Manifest.DumpFile::rows).sum();
  }

  /// Reads the files of [#export] into the target.
  long importDump() throws IOException, InterruptedException {
    DumpImport work =
        new DumpImport(
            target,
            job.policy(),
            new FolderArtifacts(folder.resolve("dump")),
            Objects.requireNonNull(key),
            Objects.requireNonNull(dumped).manifest(),
            Watch.NONE,
            WriteGate.Seam.NONE);
    try (Checkpoint checkpoint =
        Checkpoint.open(
            folder,
            "bench.import",
            work.fingerprint(dumped.sha256()),
            System.currentTimeMillis() * 1_000)) {
      return work.run(checkpoint).rows();
    }
  }

  private CopyJob sourceOnly() {
    return ready(Preflight.look(source, source, job.policy()));
  }

  private DumpKey key() throws IOException {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    Path file = folder.resolve("key");
    Files.createDirectories(folder);
    Files.writeString(file, Base64.getEncoder().encodeToString(bytes));
    return DumpKey.of(Secret.of("${file:%s}".formatted(file)));
  }

  /// Reads all of the source.
  ///
  /// @param times whether with the times of every cell
  long scan(boolean times) throws IOException, InterruptedException {
    AtomicLong read = new AtomicLong();
    for (PlannedTable table : job.plan().tables()) {
      TableScan scan = job.scanSource(table, times ? Selection.Times.ALL : Selection.Times.NONE);
      SliceWorkers.run(
          job.policy().ranges(),
          TableScan.slices(table.source(), source),
          slice -> read.addAndGet(count(scan.read(slice))));
    }
    return read.get();
  }

  private static long count(RowCursor cursor) throws InterruptedException {
    long count = 0;
    while (cursor.next() != null) {
      count++;
    }
    return count;
  }

  /// Compares both sides.
  long compare() throws IOException, InterruptedException {
    Comparison.Result result = new Comparison(job, Watch.NONE).run();
    equal = result.equal();
    return result.rows();
  }

  long rows() {
    return rows;
  }

  boolean equal() {
    return equal;
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
