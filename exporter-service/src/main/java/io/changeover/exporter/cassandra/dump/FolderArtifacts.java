package io.changeover.exporter.cassandra.dump;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder, such as a mounted share.
public final class FolderArtifacts implements ArtifactStore {

  private final Path folder;

  public FolderArtifacts(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean has(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) && Files.size(file) == bytes;
  }

  @Override
  public void put(String name, Path file) throws IOException {
    PrivateFiles.folder(folder);
    Path partial = PrivateFiles.create(folder.resolve(name + ".partial"));
    Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
    PrivateFiles.restrict(partial);
    PrivateFiles.publish(partial, folder.resolve(name));
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(Files.newInputStream(folder.resolve(name)));
  }

  @Override
  public String place() {
    return folder.toString();
  }
}
