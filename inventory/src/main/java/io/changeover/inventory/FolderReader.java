package io.changeover.inventory;

import io.changeover.inventory.LoadResult.Invalid;
import io.changeover.inventory.LoadResult.Loaded;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Reads a folder of YAML files into an [Inventory].
final class FolderReader {

  private final Path folder;
  private final List<InventoryError> errors = new ArrayList<>();
  private final List<Cluster> clusters = new ArrayList<>();
  private final Set<String> doubled = new HashSet<>();

  FolderReader(Path folder) {
    this.folder = folder;
  }

  LoadResult read() {
    List<Path> files = files();
    if (files.isEmpty() && errors.isEmpty()) {
      errors.add(unreadable(folder, "no file in this folder", "at least one *.yaml or *.yml file"));
    }
    files.forEach(this::readFile);
    Map<String, Cluster> byName = byName();
    return errors.isEmpty()
        ? new Loaded(new Inventory(Collections.unmodifiableMap(byName)))
        : new Invalid(errors, sound(byName));
  }

  /// Without the clusters of files that have errors: one file's author must not stop the others.
  private Inventory sound(Map<String, Cluster> byName) {
    Set<Path> broken = errors.stream().map(InventoryError::file).collect(Collectors.toSet());
    Map<String, Cluster> sound = new LinkedHashMap<>(byName);
    sound.values().removeIf(cluster -> broken.contains(cluster.source().file()));
    sound.keySet().removeAll(doubled);
    return new Inventory(Collections.unmodifiableMap(sound));
  }

  /// The folder's YAML files by name. Files whose names start with a dot are left out: editors and
  /// mounts keep theirs there.
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private List<Path> files() {
    try {
      return files(folder);
    } catch (IOException e) {
      errors.add(
          unreadable(
              folder,
              "it can't be listed (" + e.getClass().getSimpleName() + ")",
              "a folder of YAML files"));
      return List.of();
    }
  }

  private void readFile(Path file) {
    Problems problems = new Problems(file);
    try (Reader reader = Files.newBufferedReader(file)) {
      for (Node document : new Yaml(options()).composeAll(reader)) {
        clusters.addAll(new ClusterBinder(problems).bind(document));
      }
    } catch (MarkedYAMLException e) {
      // The exception's own text quotes the line, which may hold a secret.
      String problem = Optional.ofNullable(e.getProblem()).orElse("it can't be read");
      problems.add(Optional.ofNullable(e.getProblemMark()), Where.ROOT, problem, "YAML");
    } catch (YAMLException e) {
      problems.add(Optional.empty(), Where.ROOT, "it can't be read as text", "YAML in UTF-8");
    } catch (IOException e) {
      String kind = e.getClass().getSimpleName();
      problems.add(
          Optional.empty(),
          Where.ROOT,
          "it can't be read (" + kind + ")",
          "a readable file in UTF-8");
    }
    errors.addAll(problems.errors());
  }

  private Map<String, Cluster> byName() {
    Map<String, Cluster> byName = new LinkedHashMap<>();
    for (Cluster cluster : clusters.stream().filter(named -> !named.name().isEmpty()).toList()) {
      Cluster other = byName.putIfAbsent(cluster.name(), cluster);
      if (other != null) {
        doubled.add(cluster.name());
        errors.add(
            new InventoryError(
                cluster.source().file(),
                cluster.source().line(),
                1,
                "clusters",
                "the cluster `" + cluster.name() + "` also stands at " + other.source(),
                "each name once in the folder"));
      }
    }
    return byName;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(50 * 1024 * 1024);
    return options;
  }

  private static InventoryError unreadable(Path path, String problem, String expected) {
    return new InventoryError(path, 0, 0, "", problem, expected);
  }
}
