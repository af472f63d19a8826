package io.changeover.exporter.backup;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.worker.testing.FakePhaseContext;
import java.nio.file.Path;

/// Runs a backup in a process of its own: `INVENTORY [hang]`. With `hang` it stops for ever after
/// the first table.
public final class BackupProbe {

  private BackupProbe() {}

  public static void main(String[] args) throws Exception {
    Cluster cluster = Inventory.load(Path.of(args[0])).orThrow().cluster("one").orElseThrow();
    FakePhaseContext context =
        FakePhaseContext.of(FakePhaseContext.command("one", "backup").build(), cluster);
    if (args.length > 1) {
      context.onProgress(
          facts -> {
            System.out.println("HANGS");
            try {
              Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    System.out.println(new BackupWork().run(context));
  }
}
