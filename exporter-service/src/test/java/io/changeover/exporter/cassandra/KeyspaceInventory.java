package io.changeover.exporter.cassandra;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real inventory with a cluster `one` on two keyspaces.
public final class KeyspaceInventory {

  private KeyspaceInventory() {}

  /// The folder `inventory` below a folder, with blue and green on the tests' own node.
  public static Path write(Path folder, String blue, String green) throws IOException {
    return write(folder, Node.get().port(), "", blue, green, "");
  }

  /// The cluster.
  ///
  /// @param port of blue's node
  /// @param login lines of blue's user and password
  /// @param copy further keys of `copy`
  public static Cluster cluster(
      Path folder, int port, String login, String blue, String green, String copy)
      throws IOException {
    return Inventory.load(write(folder, port, login, blue, green, copy))
        .orThrow()
        .cluster("one")
        .orElseThrow();
  }

  private static Path write(
      Path folder, int port, String login, String blue, String green, String copy)
      throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("one.yaml"),
        """
        clusters:
          - name: one
            serving: "2.1.4"
            datastore:
              cassandra:
                contactPoints: [127.0.0.1]
                port: %d
                localDatacenter: datacenter1
                keyspace: %s
                %s
                green: {keyspace: %s, contactPoints: [127.0.0.1], port: %d}
                copy: {folder: "%s", inFlight: 32, ranges: 2 %s}
            kong:
              "2.1.4":
                nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
            router:
              haproxy: {runtime: "tcp://lb:9999", backend: kong}
            upgrade: {backupDir: "%s"}
        """
            .formatted(
                port,
                blue,
                login,
                green,
                Node.get().port(),
                folder.resolve("copy"),
                copy,
                folder.resolve("backups")));
    return inventory;
  }
}
