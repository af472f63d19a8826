package io.changeover.worker;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.InventoryError;
import io.changeover.inventory.InventoryFolder;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.scheduling.annotation.Scheduled;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The inventory of this process, from the folder `changeover.inventory`, read again when it
/// changes.
@Context
@Requires(property = "changeover.inventory")
public class Inventories {

  private static final Logger LOG = LoggerFactory.getLogger(Inventories.class);

  private final InventoryFolder folder;

  /// @param path the folder
  public Inventories(@Value("${changeover.inventory}") String path) {
    this.folder = InventoryFolder.open(Path.of(path));
    log();
  }

  /// One cluster, as its file says now.
  public Optional<Cluster> cluster(String name) {
    refresh();
    return folder.inventory().cluster(name);
  }

  /// The last good inventory.
  public Inventory current() {
    return folder.inventory();
  }

  /// What is wrong in the folder now; empty when all is well.
  public List<InventoryError> errors() {
    return folder.errors();
  }

  /// The folder.
  public Path folder() {
    return folder.folder();
  }

  @Scheduled(fixedDelay = "${changeover.inventory-poll:2s}")
  void refresh() {
    if (folder.refresh()) {
      log();
    }
  }

  private void log() {
    if (folder.errors().isEmpty()) {
      LOG.atInfo()
          .addKeyValue("clusters", folder.inventory().clusters().size())
          .log("Inventory {} read", folder.folder());
    }
    folder
        .errors()
        .forEach(error -> LOG.error("Inventory {} can't be used: {}", folder.folder(), error));
  }
}
