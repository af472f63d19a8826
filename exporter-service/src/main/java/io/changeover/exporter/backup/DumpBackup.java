package io.changeover.exporter.backup;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.dump.DumpExport;
import io.changeover.exporter.cassandra.dump.DumpFolder;
import io.changeover.exporter.cassandra.dump.DumpKey;
import io.changeover.exporter.cassandra.dump.DumpTransfer;
import io.changeover.exporter.cassandra.dump.FolderArtifacts;
import io.changeover.exporter.cassandra.dump.Manifest;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.exporter.cassandra.work.CassandraFailures;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.SupersededException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Saves a Cassandra keyspace as a dump: the same files that the way `dump` travels by, encrypted
/// with `copy: key`, every row of every table beside counters, locks and events. It is put back
/// into a keyspace that the same version of Kong has bootstrapped.
final class DumpBackup {

  private final PhaseContext context;
  private final CassandraDatastore datastore;
  private final BackupPlace place;
  private final String about;

  DumpBackup(PhaseContext context, CassandraDatastore datastore, BackupPlace place, String about) {
    this.context = context;
    this.datastore = datastore;
    this.place = place;
    this.about = about;
  }

  /// The backup as it lies there, read again; written first where there is none.
  Outcome run() throws InterruptedException {
    try {
      return saved();
    } catch (SupersededException e) {
      throw e;
    } catch (IOException e) {
      return BackupFailures.of(e, about);
    } catch (RuntimeException e) {
      Optional<Outcome.Failed> failed = CassandraFailures.of(e, about);
      if (failed.isPresent()) {
        return failed.get();
      }
      throw e;
    }
  }

  private Outcome saved() throws IOException, InterruptedException {
    DumpKey key = DumpKey.of(datastore.copy().key());
    Instant from = context.clock().instant();
    if (!Files.exists(place.complete())) {
      Optional<Outcome> failed = write(key);
      if (failed.isPresent()) {
        return failed.get();
      }
    }
    return verified(key, Duration.between(from, context.clock().instant()));
  }

  private Optional<Outcome> write(DumpKey key) throws IOException, InterruptedException {
    context.ensureCurrent();
    boolean published = false;
    try (Keyspace source = Keyspace.open(datastore.blue())) {
      switch (Preflight.look(source, source, datastore.copy())) {
        case Preflight.Refused(var problems) -> {
          return Optional.of(CassandraFailures.of(problems, about));
        }
        case Preflight.Ready(CopyJob job) -> {
          DumpFolder.Known _ =
              new DumpExport(job, context.cluster().name(), key, place.begin(), watch()).runWhole();
        }
      }
      context.ensureCurrent();
      place.publish();
      published = true;
      return Optional.empty();
    } finally {
      if (!published) {
        Durable.remove(place.partial());
      }
    }
  }

  private Watch watch() {
    return new Watch() {
      @Override
      public void ensureCurrent() {
        context.ensureCurrent();
      }

      @Override
      public void rows(String doing, long rows) {}
    };
  }

  private Outcome verified(DumpKey key, Duration took) throws IOException {
    Path complete = place.complete();
    Optional<DumpFolder.Known> known =
        DumpFolder.manifest(new FolderArtifacts(complete), key, context.cluster().name());
    if (known.isEmpty() || !DumpTransfer.isWhole(complete, known.get().manifest())) {
      return Outcome.fatal(
          about + ": the backup in %s is not as it was written".formatted(complete),
          "the files that its manifest names",
          "find out what changed them; move the folder away and retry the phase");
    }
    Manifest manifest = known.get().manifest();
    return Outcome.done(
        Map.of(
            Facts.BACKUP_PATH, complete.toString(),
            Facts.BACKUP_SHA256, known.get().sha256(),
            Facts.BACKUP_ROWS, Long.toString(manifest.rows()),
            Facts.BACKUP_TABLES, Integer.toString(manifest.tables().size()),
            Facts.BACKUP_BYTES, Long.toString(manifest.bytes()),
            Facts.DURATION_MS, Long.toString(took.toMillis())));
  }
}
