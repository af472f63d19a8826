package io.changeover.migrator.preflight;

import io.changeover.inventory.Secret;
import io.changeover.migrator.report.Findings;
import java.nio.file.Files;
import java.nio.file.Path;

/// What backups need: a folder for rows that `finish` deletes, and a key for dumps. Nothing is
/// written into the folder: the file system is asked whether this process may.
public final class BackupChecks {

  private BackupChecks() {}

  /// A folder that is not there yet is made when it is needed, in the nearest one that is.
  public static void savedRows(Path folder, Findings findings) {
    Path nearest = folder.toAbsolutePath().normalize();
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    boolean usable =
        Files.isDirectory(nearest) && Files.isWritable(nearest) && Files.isExecutable(nearest);
    String evidence =
        nearest
            + ": "
            + (Files.isDirectory(nearest) ? "a folder" : "no folder")
            + (usable ? ", writable" : ", not writable")
            + " for this process";
    if (usable) {
      findings.fact("backup.folder", "the rows that `finish` deletes can be saved", evidence);
    } else {
      findings.blocker(
          "backup.folder",
          "the rows that `finish` deletes can't be saved into " + folder,
          evidence,
          "make `backupDir` writable for the migrator-service, or name another folder: else"
              + " `migrate-finish` is held past the point of no return");
    }
  }

  /// A dump holds credentials, so that it is encrypted, and a backup is one too.
  ///
  /// @param key of the inventory's `copy`
  public static void dumpKey(Secret key, Findings findings) {
    if (key.equals(Secret.EMPTY)) {
      findings.blocker(
          "backup.key",
          "the backup of the keyspace would have no key",
          "the datastore's `copy` in the inventory has no `key`",
          "make one (`openssl rand -base64 32`), keep it where the exporter-service reads it, and"
              + " name it as `copy: {key: …}`: else the phase `backup` fails, with the Admin API"
              + " fenced already");
    } else {
      findings.fact("backup.key", "the backup of the keyspace has a key", key.toString());
    }
  }
}
