package io.changeover.inventory;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// A mapping whose keys are known. Ask for each key, then [#end()]: whatever nobody asked for is an
/// error.
final class Section {

  private final Node node;
  private final Where where;
  private final Problems problems;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  Section(MappingNode node, Where where, Problems problems) {
    this.node = node;
    this.where = where;
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      collect(tuple);
    }
  }

  private void collect(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(tuple.getKeyNode(), where, "a key that is no text", "a plain key");
    } else if (tuples.putIfAbsent(key.getValue(), tuple) != null) {
      problems.add(key, where.key(key.getValue()), "the key stands here twice", "it once");
    }
  }

  /// The value of a key that must be there.
  Value required(String key) {
    return optional(key)
        .orElseGet(
            () -> {
              problems.add(node, where.key(key), "it is missing", "the key `" + key + "`");
              return Value.missing(where.key(key), problems);
            });
  }

  /// The value of a key, if it is there.
  Optional<Value> optional(String key) {
    asked.add(key);
    problems.known(where.key(key));
    return Optional.ofNullable(tuples.get(key))
        .map(tuple -> new Value(tuple.getValueNode(), where.key(key), problems));
  }

  /// All entries of a mapping whose keys are names that the file chooses.
  Map<String, Value> entries() {
    Map<String, Value> entries = new LinkedHashMap<>();
    tuples.forEach(
        (name, tuple) ->
            entries.put(name, new Value(tuple.getValueNode(), where.name(name), problems)));
    asked.addAll(tuples.keySet());
    return entries;
  }

  /// Reports the keys that nobody asked for.
  void end() {
    tuples.forEach(
        (key, tuple) -> {
          if (!asked.contains(key)) {
            problems.add(
                tuple.getKeyNode(), where.key(key), "unknown key `" + key + "`", hint(key));
          }
        });
  }

  private String hint(String key) {
    return NearestKey.of(key, asked)
        .map(nearest -> "`" + nearest + "`, perhaps")
        .orElseGet(() -> "one of " + String.join(", ", asked));
  }

  void problem(String key, String problem, String expected) {
    Node at = Optional.ofNullable(tuples.get(key)).map(NodeTuple::getValueNode).orElse(node);
    problems.add(at, where.key(key), problem, expected);
  }

  Source source() {
    int line = Optional.ofNullable(node.getStartMark()).map(Mark::getLine).orElse(-1) + 1;
    return new Source(problems.file(), line);
  }
}
