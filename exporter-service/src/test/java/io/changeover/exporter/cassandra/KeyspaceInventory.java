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
    return cluster(write(folder, port, login, blue, green, copy));
  }

  private static Path write(
      Path folder, int port, String login, String blue, String green, String copy)
      throws IOException {
    return describe(
        folder,
        """
        contactPoints: [127.0.0.1]
        port: %d
        localDatacenter: datacenter1
        keyspace: %s
        %s
        green: {keyspace: %s, contactPoints: [127.0.0.1], port: %d}
        copy: {folder: "%s", inFlight: 32, ranges: 2 %s}
        """
            .formatted(port, blue, login, green, Node.get().port(), folder.resolve("copy"), copy));
  }

  /// The same with a datastore of any kind.
  ///
  /// @param cassandra the keys of `datastore: cassandra`
  public static Path describe(Path folder, String cassandra) throws IOException {
    return describe(
        folder,
        cassandra,
        """
        "2.1.4":
          nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
        """);
  }

  /// The same with versions of any kind.
  ///
  /// @param kong the versions
  public static Path describe(Path folder, String cassandra, String kong) throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("one.yaml"),
        """
        clusters:
          - name: one
            serving: "2.1.4"
            datastore:
              cassandra:
        %s
            kong:
        %s
            router:
              haproxy: {runtime: "tcp://lb:9999", backend: kong}
            upgrade: {backupDir: "%s"}
        """
            .formatted(
                cassandra.indent(8).stripTrailing(),
                kong.indent(6).stripTrailing(),
                folder.resolve("backups")));
    return inventory;
  }

  /// The cluster of an inventory.
  public static Cluster cluster(Path inventory) {
    return Inventory.load(inventory).orThrow().cluster("one").orElseThrow();
  }
}
