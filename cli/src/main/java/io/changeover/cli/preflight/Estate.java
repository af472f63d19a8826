package io.changeover.cli.preflight;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.InventoryError;
import io.changeover.inventory.LoadResult;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The clusters of an inventory folder, and what is known of those whose file is broken.
///
/// @param clusters of sound files
/// @param broken one result per cluster of a broken file, or one for the file where it can't even
///   be said which clusters it names
record Estate(List<Cluster> clusters, List<ClusterResult> broken) {

  /// Reads the folder.
  static Estate read(Path folder) {
    return switch (Inventory.load(folder)) {
      case LoadResult.Loaded(Inventory inventory) ->
          new Estate(List.copyOf(inventory.clusters()), List.of());
      case LoadResult.Invalid(List<InventoryError> errors, Inventory sound) ->
          new Estate(List.copyOf(sound.clusters()), broken(errors));
    };
  }

  private static List<ClusterResult> broken(List<InventoryError> errors) {
    Map<Path, List<Found>> byFile = new LinkedHashMap<>();
    for (InventoryError error : errors) {
      byFile.computeIfAbsent(error.file(), file -> new ArrayList<>()).add(found(error));
    }
    List<ClusterResult> results = new ArrayList<>();
    byFile.forEach(
        (file, found) -> {
          for (String name : names(file)) {
            results.add(
                new ClusterResult(
                    name, file.toString(), "", "", "", List.of(), "", List.of(), found));
          }
        });
    return results;
  }

  private static Found found(InventoryError error) {
    return Found.blocker(
        "inventory.broken",
        "inventory",
        "The inventory file of this cluster can't be used",
        "%s:%d:%d: %s%s"
            .formatted(
                error.file(),
                error.line(),
                error.column(),
                error.path().isEmpty() ? "" : error.path() + ": ",
                error.problem()),
        "Write %s there; `changeover inventory check` looks again.".formatted(error.expected()));
  }

  /// The names that a broken file gives its clusters, as far as it can be read at all.
  private static List<String> names(Path file) {
    List<String> names = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
        if (document instanceof Map<?, ?> map && map.get("clusters") instanceof List<?> clusters) {
          clusters.forEach(cluster -> name(cluster, names));
        }
      }
    } catch (IOException | YAMLException e) {
      names.clear();
    }
    return names.isEmpty() ? List.of("(file " + file.getFileName() + ")") : names;
  }

  private static void name(Object cluster, List<String> names) {
    if (cluster instanceof Map<?, ?> map && map.get("name") instanceof String name) {
      names.add(name);
    }
  }
}
