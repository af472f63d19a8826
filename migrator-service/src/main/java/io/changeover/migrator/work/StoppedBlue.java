package io.changeover.migrator.work;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Edition;
import io.changeover.inventory.Node;
import io.changeover.migrator.observe.Build;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The nodes of a cluster that were stopped as blue and must stay down, those of every hop, as they
/// are noted in the state folder: the cluster, then one node a line.
record StoppedBlue(String cluster, List<Address> nodes) {

  private static final String SUFFIX = ".stopped-blue";

  StoppedBlue {
    nodes = List.copyOf(nodes);
  }

  /// Where a node answered, and who stopped it.
  ///
  /// @param version of Kong that it ran
  /// @param edition of that version; empty in notes of before this was noted
  record Address(
      String name,
      URI admin,
      URI proxy,
      String version,
      String upgrade,
      int attempt,
      Optional<Edition> edition) {

    private static Address of(Subject subject, Node node) {
      return new Address(
          node.name(),
          node.admin(),
          node.proxy(),
          subject.blue().version().version(),
          subject.command().getUpgrade(),
          subject.command().getAttempt(),
          Optional.of(subject.blue().version().edition()));
    }

    private boolean sharedWith(Node node) {
      return admin.equals(node.admin()) || proxy.equals(node.proxy());
    }

    /// Whether the inventory still has a node there. Who takes the version out of it gives the
    /// address to somebody else.
    boolean namedBy(Cluster cluster) {
      return cluster.versions().values().stream()
          .flatMap(version -> version.nodes().stream())
          .anyMatch(this::sharedWith);
    }

    /// Whether another build is not this node: its address has been given to one of another hop.
    boolean isNot(Build answering) {
      return Build.of(version, edition)
          .filter(own -> own.fit(answering) == Build.Fit.OTHER)
          .isPresent();
    }

    private String line() {
      return String.join(
          "\t",
          name,
          admin.toString(),
          proxy.toString(),
          version,
          upgrade,
          Integer.toString(attempt),
          edition.map(Edition::word).orElse(""));
    }

    private static Address read(String line) {
      String[] words = line.split("\t", -1);
      return new Address(
          words[0],
          URI.create(words[1]),
          URI.create(words[2]),
          words[3],
          words[4],
          Integer.parseInt(words[5]),
          words.length > 6 ? edition(words[6]) : Optional.empty());
    }

    private static Optional<Edition> edition(String word) {
      return Stream.of(Edition.values()).filter(known -> known.word().equals(word)).findFirst();
    }
  }

  static StoppedBlue none(String cluster) {
    return new StoppedBlue(cluster, List.of());
  }

  /// These too, once each.
  StoppedBlue with(Subject subject, List<Node> stopped) {
    Stream<Address> added = stopped.stream().map(node -> Address.of(subject, node));
    return new StoppedBlue(
        cluster, Stream.concat(without(stopped).nodes().stream(), added).toList());
  }

  /// Those whose addresses none of these nodes has.
  StoppedBlue without(List<Node> wanted) {
    return new StoppedBlue(
        cluster,
        nodes.stream().filter(node -> wanted.stream().noneMatch(node::sharedWith)).toList());
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
      List<Address> nodes = lines.stream().skip(1).map(Address::read).toList();
      return Optional.of(new StoppedBlue(lines.getFirst(), nodes));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /// Notes it; where there is no node, nothing stays.
  void write(Path folder) throws IOException {
    Path file = folder.resolve(cluster + SUFFIX);
    if (nodes.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Files.createDirectories(folder);
    ArrayList<String> lines = new ArrayList<>(List.of(cluster));
    nodes.forEach(node -> lines.add(node.line()));
    Path part = Files.createTempFile(folder, "blue", ".part");
    Files.write(part, lines);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
