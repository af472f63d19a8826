package io.changeover.exporter.cassandra.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Where dumps lie that go from one side to the other. Names are digests, and `manifest`.
public interface ArtifactStore {

  /// Whether it has a whole artifact of that name and size.
  boolean has(String name, long bytes) throws IOException;

  /// Takes over a file; it is there under its name when this returns, whole, or not at all.
  void put(String name, Path file) throws IOException;

  /// Opens an artifact.
  ///
  /// @throws java.nio.file.NoSuchFileException when there is none
  InputStream open(String name) throws IOException;

  /// Where that is, for people.
  String place();
}
