package io.changeover.inventory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// Collects what is wrong in one file, and which keys the binder asked for.
final class Problems {

  private final Path file;
  private final List<InventoryError> errors = new ArrayList<>();
  private final Set<String> keys = new TreeSet<>();

  Problems(Path file) {
    this.file = file;
  }

  /// A sink for what is wrong below something that is wrong already.
  static Problems discarding(Problems of) {
    return new Problems(of.file);
  }

  void add(Node node, Where where, String problem, String expected) {
    add(Optional.ofNullable(node.getStartMark()), where, problem, expected);
  }

  void add(Optional<Mark> mark, Where where, String problem, String expected) {
    int line = mark.map(Mark::getLine).orElse(-1) + 1;
    int column = mark.map(Mark::getColumn).orElse(-1) + 1;
    errors.add(new InventoryError(file, line, column, where.path(), problem, expected));
  }

  Path file() {
    return file;
  }

  List<InventoryError> errors() {
    return errors;
  }

  /// Remembers that a key means something at a place.
  void known(Where where) {
    keys.add(where.shape());
  }

  /// Every key that was asked for, in the shape of [Where].
  Set<String> keys() {
    return keys;
  }
}
