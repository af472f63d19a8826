package io.changeover.exporter.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One Cassandra for all tests of this process; it ends with the process.
public final class Node {

  private static final class Holder {
    static final EmbeddedCassandra NODE = start();
    static final CqlSession SESSION = NODE.connect();
  }

  private Node() {}

  private static EmbeddedCassandra start() {
    try {
      Path folder = Files.createTempDirectory("exporter-cassandra-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder)));
      return EmbeddedCassandra.start(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Path folder) {
    try {
      Holder.NODE.kill();
      List<Path> files;
      try (var walk = Files.walk(folder)) {
        files = walk.sorted(java.util.Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the system's temporary folder.
    }
  }

  /// The node.
  public static EmbeddedCassandra get() {
    return Holder.NODE;
  }

  /// A session of the tests' own, without a keyspace.
  public static CqlSession session() {
    return Holder.SESSION;
  }
}
