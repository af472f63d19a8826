package io.changeover.exporter.backup;

import io.changeover.worker.PhaseContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// A way to save a database.
interface BackupMethod {

  /// Saves it into an empty folder, each file on the disk when this returns. Never changes the
  /// database.
  ///
  /// @return what to write as the manifest
  Manifest write(Path folder, PhaseContext context)
      throws IOException, SQLException, InterruptedException;
}
