package io.changeover.exporter;

import io.changeover.exporter.cassandra.work.StandaloneComparison;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.InvalidInventoryException;
import io.changeover.inventory.Inventory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Compares both keyspaces of a Cassandra cluster: `CLUSTER --inventory DIR`.
public final class CompareMain {

  private static final String USAGE = "expected CLUSTER --inventory DIR";

  private CompareMain() {}

  /// Exits with 0 when both hold the same, with 1 when not, with 2 when they could not be read.
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("logback.configurationFile", "compare-logback.xml");
    System.exit(run(List.of(args), System.out, System.err));
  }

  /// The same for callers in this process.
  public static int run(List<String> args, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (args.size() != 3 || !args.get(1).equals("--inventory")) {
      err.println("Wrong call; " + USAGE);
      return StandaloneComparison.UNREAD;
    }
    String name = args.get(0);
    try {
      Optional<Cluster> cluster = Inventory.load(Path.of(args.get(2))).orThrow().cluster(name);
      if (cluster.isEmpty()) {
        err.printf(
            "Expected a cluster %s in %s, but there is none. Look with `changeover inventory check`.%n",
            name, args.get(2));
        return StandaloneComparison.UNREAD;
      }
      return StandaloneComparison.run(cluster.get(), out, err);
    } catch (InvalidInventoryException e) {
      err.println(e.getMessage());
      return StandaloneComparison.UNREAD;
    }
  }
}
