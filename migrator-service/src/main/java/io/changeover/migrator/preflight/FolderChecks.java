package io.changeover.migrator.preflight;

import io.changeover.migrator.report.Findings;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder for rows that `finish` deletes. Nothing is written into it: the file system is asked
/// whether this process may.
public final class FolderChecks {

  private FolderChecks() {}

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
}
