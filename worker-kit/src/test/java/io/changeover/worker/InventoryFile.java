package io.changeover.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes inventories for tests: clusters whose database password is `${file:…}` of a file beside
/// them.
final class InventoryFile {

  static final String PASSWORD = "correct-horse-battery";

  private InventoryFile() {}

  static Path write(Path dir, String... clusters) {
    try {
      Path folder = Files.createDirectories(dir.resolve("inventory"));
      Path secret = Files.writeString(dir.resolve("secret"), PASSWORD);
      StringBuilder text = new StringBuilder("clusters:\n");
      for (String cluster : clusters) {
        text.append(
            """
              - name: %s
                serving: "2.1.4"
                datastore:
                  postgres: {host: db, database: kong, user: kong, password: "${file:%s}"}
                kong:
                  "2.1.4":
                    nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
                router:
                  haproxy: {runtime: "tcp://lb:9999", backend: kong}
            """
                .formatted(cluster, secret));
      }
      Files.writeString(folder.resolve("clusters.yaml"), text);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
