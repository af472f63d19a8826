package io.changeover.exporter.cassandra.dump;

import io.changeover.exporter.cassandra.copy.Watch;
import java.io.IOException;
import java.nio.file.Path;

/// Takes a dump to the other side. What is there already stays; the manifest goes last, so that a
/// manifest there means a whole dump.
public final class DumpTransfer {

  private final Path folder;
  private final ArtifactStore from;
  private final ArtifactStore to;
  private final Watch watch;

  public DumpTransfer(Path folder, ArtifactStore to, Watch watch) {
    this.folder = folder;
    this.from = new FolderArtifacts(folder);
    this.to = to;
    this.watch = watch;
  }

  /// Transfers, and reads at the other side what has arrived.
  ///
  /// @throws BrokenDumpException when a file is not what was written, here or there
  public void run(Manifest manifest) throws IOException {
    long rows = 0;
    for (Manifest.DumpFile file : manifest.files()) {
      watch.ensureCurrent();
      if (!to.has(file.sha256(), file.bytes())) {
        DumpFolder.verify(from, file);
        to.put(file.sha256(), folder.resolve(file.sha256()));
      }
      DumpFolder.verify(to, file);
      rows += file.rows();
      watch.rows("transfer", rows);
    }
    watch.ensureCurrent();
    to.put(DumpFolder.MANIFEST, folder.resolve(DumpFolder.MANIFEST));
  }

  /// Checks that every file is what was written.
  static void verify(ArtifactStore store, Manifest manifest) throws IOException {
    for (Manifest.DumpFile file : manifest.files()) {
      DumpFolder.verify(store, file);
    }
  }

  /// Whether a folder holds a whole dump.
  public static boolean isWhole(Path folder, Manifest manifest) throws IOException {
    try {
      verify(new FolderArtifacts(folder), manifest);
      return true;
    } catch (BrokenDumpException e) {
      return false;
    }
  }
}
