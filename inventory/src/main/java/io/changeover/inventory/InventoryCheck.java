package io.changeover.inventory;

import io.changeover.inventory.LoadResult.Invalid;
import io.changeover.inventory.LoadResult.Loaded;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What `changeover inventory check` does: reads a folder and prints what is wrong, or what is in
/// it.
public final class InventoryCheck {

  private final Path folder;
  private final SecretSource secrets;

  /// @param secrets where the references are tried, see [#run]
  public InventoryCheck(Path folder, SecretSource secrets) {
    this.folder = folder;
    this.secrets = secrets;
  }

  /// Prints one line per error to `err`, or one line per cluster to `out`. References that this
  /// machine can't resolve are no errors, since the workers' machines may: they are noted.
  ///
  /// @return exit code: 0 when the inventory can be used, 1 when not
  public int run(PrintStream out, PrintStream err) {
    return switch (Inventory.load(folder)) {
      case Loaded(Inventory inventory) -> {
        inventory.clusters().forEach(cluster -> print(cluster, out));
        out.println("ok: " + inventory.clusters().size() + " cluster(s) in " + folder);
        yield 0;
      }
      case Invalid(List<InventoryError> errors, Inventory _) -> {
        errors.forEach(err::println);
        err.println(errors.size() + " error(s) in " + folder);
        yield 1;
      }
    };
  }

  private void print(Cluster cluster, PrintStream out) {
    String versions =
        cluster.versions().values().stream()
            .map(version -> version.version() + " (" + version.nodes().size() + " nodes)")
            .collect(Collectors.joining(", "));
    out.println(
        cluster.name()
            + ": "
            + cluster.procedure().word()
            + (cluster.topology() == Topology.TRADITIONAL ? "" : ", " + cluster.topology().word())
            + (cluster.serving().isEmpty()
                ? ", serves nothing yet"
                : ", serves " + cluster.serving())
            + ", knows "
            + versions);
    cluster.secrets().stream()
        .filter(secret -> !resolves(secret))
        .forEach(secret -> out.println("  note: " + secret + " can't be resolved on this machine"));
  }

  private boolean resolves(Secret secret) {
    try {
      secret.resolve(secrets);
      return true;
    } catch (UnresolvedSecretException e) {
      return false;
    }
  }
}
