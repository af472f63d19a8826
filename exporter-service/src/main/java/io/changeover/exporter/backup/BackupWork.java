package io.changeover.exporter.backup;

import io.changeover.exporter.catalog.UnsupportedSchemaException;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.Losses;
import io.changeover.inventory.Backup;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The phase `backup`: a complete, verified backup of the cluster's datastore lies in the
/// inventory's folder, or the phase fails. A repeat of the same command finds it, checks it again
/// and reports the same.
@Singleton
public final class BackupWork implements PhaseWork {

  @Override
  public Set<String> actions() {
    return Set.of(Actions.BACKUP);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    PhaseCommand command = context.command();
    String about =
        "Backup of cluster %s for upgrade %s, attempt %d"
            .formatted(command.getCluster(), command.getUpgrade(), command.getAttempt());
    Backup backup = context.cluster().upgrade().backup();
    Optional<BackupPlace> place = BackupPlace.of(backup.folder(), command);
    if (place.isEmpty()) {
      return Outcome.fatal(
          about + ": the upgrade's id and the phase can't be the name of a folder",
          "letters, digits, `.`, `_` and `-`, at most 200",
          "start the upgrade under another id");
    }
    return switch (context.cluster().datastore()) {
      case NoDatastore _ ->
          Outcome.fatal(
              about + ": the cluster has no datastore to save",
              "a cluster with a datastore",
              "correct the inventory, then retry the phase");
      case CassandraDatastore cassandra ->
          locked(
              place.get(),
              about,
              () -> new DumpBackup(context, cassandra, place.get(), about).run());
      case PostgresDatastore postgres ->
          locked(
              place.get(),
              about,
              () -> done(completed(context, place.get(), method(context, backup, postgres))));
    };
  }

  /// What is done while no other process writes there.
  @FunctionalInterface
  private interface Saving {
    Outcome run() throws IOException, SQLException, InterruptedException;
  }

  /// A backup that was commanded is made, even when the inventory says `off` by now: the planner
  /// decides with what it said when the upgrade started.
  private static BackupMethod method(
      PhaseContext context, Backup backup, PostgresDatastore datastore) {
    KongYmlExtra.Choice kongYml =
        backup.formats().contains(Backup.Format.KONG_YML)
            ? new KongYmlExtra(context.cluster().name(), datastore.schema())::write
            : KongYmlExtra.Choice.NONE;
    return switch (backup.mode()) {
      case COPY, OFF -> new CopyBackup(datastore, kongYml);
      case PG_DUMP -> new PgDumpBackup(datastore, backup.pgDump(), kongYml);
    };
  }

  private static Outcome locked(BackupPlace place, String about, Saving saving)
      throws InterruptedException {
    try {
      Optional<BackupPlace.Lock> lock = place.lock();
      if (lock.isEmpty()) {
        return Outcome.retryable(
            about + ": another process writes it",
            "one writer",
            "nothing if it ends soon; else look for a second exporter-service on this folder");
      }
      try (BackupPlace.Lock _ = lock.get()) {
        return saving.run();
      }
    } catch (SQLException
        | IOException
        | UnresolvedSecretException
        | UnsupportedSchemaException
        | BrokenBackupException
        | BrokenKongYmlException
        | PgDumpFailedException e) {
      return BackupFailures.of(e, about);
    }
  }

  private static BackupFolder completed(
      PhaseContext context, BackupPlace place, BackupMethod method)
      throws IOException, SQLException, InterruptedException {
    if (!Files.exists(place.complete())) {
      write(context, place, method);
    }
    return BackupFolder.verified(place.complete());
  }

  private static void write(PhaseContext context, BackupPlace place, BackupMethod method)
      throws IOException, SQLException, InterruptedException {
    context.ensureCurrent();
    boolean published = false;
    try {
      Manifest manifest = method.write(place.begin(), context);
      context.ensureCurrent();
      BackupFolder.write(place.partial(), manifest);
      context.ensureCurrent();
      place.publish();
      published = true;
    } finally {
      if (!published) {
        Durable.remove(place.partial());
      }
    }
  }

  private static Outcome done(BackupFolder backup) throws IOException {
    Manifest manifest = backup.manifest();
    Map<String, String> facts = new TreeMap<>();
    facts.put(Facts.BACKUP_PATH, backup.path().toString());
    facts.put(Facts.BACKUP_SHA256, backup.sha256());
    facts.put(Facts.BACKUP_ROWS, Long.toString(manifest.rows()));
    facts.put(Facts.BACKUP_TABLES, Integer.toString(manifest.tables().size()));
    facts.put(Facts.BACKUP_BYTES, Long.toString(manifest.bytes()));
    facts.put(Facts.DURATION_MS, Long.toString(manifest.durationMillis()));
    KongYmlFile.find(backup.path(), manifest.cluster())
        .map(KongYmlFile::manifest)
        .ifPresent(file -> facts.put(Facts.DUMP_LOSES, Losses.text(file.losses(), file.lost())));
    return Outcome.done(facts);
  }
}
