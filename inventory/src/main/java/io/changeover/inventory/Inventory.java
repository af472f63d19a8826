package io.changeover.inventory;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// All clusters of one folder, immutable.
///
/// @param byName the clusters by name, in the order of the files' names and of the entries in them
public record Inventory(Map<String, Cluster> byName) {

  /// Reads every `*.yaml` and `*.yml` file of the folder (not of folders below it). Never throws
  /// for what is in the files: all errors of all files come back at once. Secrets are not resolved.
  public static LoadResult load(Path folder) {
    return new FolderReader(folder).read();
  }

  /// One cluster.
  public Optional<Cluster> cluster(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// All clusters.
  public Collection<Cluster> clusters() {
    return byName.values();
  }
}
