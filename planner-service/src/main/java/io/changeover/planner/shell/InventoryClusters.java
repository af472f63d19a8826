package io.changeover.planner.shell;

import io.changeover.inventory.InventoryFolder;
import io.changeover.messages.ClusterView;
import io.changeover.planner.port.Clusters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The inventory folder, read again when its files changed, which is looked at whenever somebody
/// asks. While they are broken, what was good last stays in force.
public final class InventoryClusters implements Clusters {
  private static final Logger LOG = LoggerFactory.getLogger(InventoryClusters.class);

  private final InventoryFolder folder;

  /// @param path the inventory folder; need not exist yet
  public InventoryClusters(Path path) {
    this.folder = InventoryFolder.open(path);
    log();
  }

  @Override
  public Optional<ClusterView> find(String name) {
    refresh();
    return folder.inventory().cluster(name).map(ClusterViews::of);
  }

  @Override
  public List<String> names() {
    refresh();
    return folder.inventory().byName().keySet().stream().sorted().toList();
  }

  @Override
  public String origin() {
    return folder.folder().toString();
  }

  private void refresh() {
    if (folder.refresh()) {
      log();
    }
  }

  private void log() {
    if (folder.errors().isEmpty()) {
      LOG.info("Inventory {}: {} clusters", folder.folder(), folder.inventory().byName().size());
    }
    folder
        .errors()
        .forEach(error -> LOG.error("Inventory {} can't be used: {}", folder.folder(), error));
  }
}
