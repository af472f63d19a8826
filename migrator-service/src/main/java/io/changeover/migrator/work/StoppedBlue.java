package io.changeover.migrator.work;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The blue nodes of a cluster that were stopped, as they are noted in the state folder: cluster,
/// upgrade and attempt, then one node a line.
record StoppedBlue(String cluster, String upgrade, int attempt, List<Address> nodes) {

  private static final String SUFFIX = ".stopped-blue";

  /// Where a node answered.
  record Address(String name, URI admin, URI proxy) {}

  static StoppedBlue of(Subject subject) {
    List<Address> nodes =
        subject.blue().nodes().stream()
            .map(node -> new Address(node.name(), node.admin(), node.proxy()))
            .toList();
    return new StoppedBlue(
        subject.cluster().name(),
        subject.command().getUpgrade(),
        subject.command().getAttempt(),
        nodes);
  }

  /// All that are noted and can be read; an unreadable note watches nothing.
  static List<StoppedBlue> readAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<StoppedBlue> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<Address> nodes =
          lines.stream()
              .skip(3)
              .map(line -> line.split("\t", -1))
              .map(words -> new Address(words[0], URI.create(words[1]), URI.create(words[2])))
              .toList();
      return Optional.of(
          new StoppedBlue(lines.get(0), lines.get(1), Integer.parseInt(lines.get(2)), nodes));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ArrayList<String> lines = new ArrayList<>(List.of(cluster, upgrade, Integer.toString(attempt)));
    nodes.forEach(node -> lines.add(node.name() + "\t" + node.admin() + "\t" + node.proxy()));
    Path part = Files.createTempFile(folder, "blue", ".part");
    Files.write(part, lines);
    Files.move(
        part,
        file(folder, cluster),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void forget(Path folder, String cluster) throws IOException {
    Files.deleteIfExists(file(folder, cluster));
  }

  private static Path file(Path folder, String cluster) {
    return folder.resolve(cluster.replaceAll("[^A-Za-z0-9_-]", "_") + SUFFIX);
  }
}
