package io.changeover.exporter;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Clusters for tests, read from a real inventory.
public final class Clusters {

  private Clusters() {}

  /// A cluster `one` whose datastore is a database of [Database].
  ///
  /// @param policy lines of `upgrade:` beside the folder
  public static Cluster on(Path dir, String database, String user, Path backups, String policy) {
    try {
      Path folder = Files.createDirectories(dir.resolve("inventory"));
      Path secret = Files.writeString(dir.resolve("password"), "open-sesame-1");
      Files.writeString(
          folder.resolve("one.yaml"),
          """
          clusters:
            - name: one
              serving: "2.1.4"
              datastore:
                postgres: {host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:%s}"}
              kong:
                "2.1.4":
                  nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
              router:
                haproxy: {runtime: "tcp://lb:9999", backend: kong}
              upgrade: {backupDir: "%s" %s}
          """
              .formatted(
                  Database.port(), database, user, secret, backups.toAbsolutePath(), policy));
      return Inventory.load(folder).orThrow().cluster("one").orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
