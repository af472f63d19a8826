package io.changeover.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// One value of a document. Reading it as what it is not records an error and yields a harmless
/// stand-in, so that the reading goes on and finds all errors.
final class Value {

  private final @Nullable Node node;
  private final Where where;
  private final Problems problems;

  Value(@Nullable Node node, Where where, Problems problems) {
    this.node = node;
    this.where = where;
    this.problems = problems;
  }

  /// A value that is not there, already reported.
  static Value missing(Where where, Problems problems) {
    return new Value(null, where, problems);
  }

  /// A text that is not empty.
  String text() {
    String text = scalar("a text").orElse("x");
    if (text.isBlank()) {
      problem("an empty text", "a text");
    }
    return text;
  }

  /// A text that a parser makes something of.
  ///
  /// @param standIn what to go on with when it can't
  <T> T parsed(TextParser<T> parser, T standIn) {
    Optional<String> text = scalar(parser.expected());
    if (text.isEmpty()) {
      return standIn;
    }
    Optional<T> parsed = parser.parse(text.get());
    if (parsed.isEmpty()) {
      problem(shown(text.get()), parser.expected());
    }
    return parsed.orElse(standIn);
  }

  /// The text for an error, unless it holds what nobody should read there.
  private static String shown(String text) {
    return text.matches("\\w+://[^/]*@.*") ? "an address with user and password" : "`" + text + "`";
  }

  int integer(int least, int most) {
    return parsed(TextParser.integer(least, most), least);
  }

  boolean bool() {
    return parsed(TextParser.BOOLEAN, false);
  }

  /// A text that may be empty.
  String plain() {
    return scalar("a text").orElse("");
  }

  Duration duration() {
    return parsed(TextParser.DURATION, Duration.ZERO);
  }

  Condition condition() {
    Condition never = Condition.parse("0 > 0");
    Optional<String> text = scalar("a condition");
    try {
      return text.map(Condition::parse).orElse(never);
    } catch (ConditionSyntaxException e) {
      problem(e.found(), e.expected());
      return never;
    }
  }

  /// Text with references. Never quoted in an error.
  Secret secret() {
    return Secret.of(scalar("a text or a reference").orElse(""));
  }

  /// A text that must be a reference, because it is a secret. Never quoted in an error.
  Secret reference() {
    Secret secret = secret();
    if (node instanceof ScalarNode && !secret.isReference() && !secret.equals(Secret.EMPTY)) {
      problem("a literal secret", "a reference: ${env:NAME} or ${file:/path}");
    }
    return secret;
  }

  List<Value> list() {
    if (node instanceof SequenceNode sequence) {
      List<Value> values = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        values.add(new Value(item, where.item(values.size()), problems));
      }
      return values;
    }
    problemUnlessMissing("a list");
    return List.of();
  }

  /// An argument vector: a list of texts, none of them a secret.
  List<String> argv() {
    List<Value> items = list();
    if (node instanceof SequenceNode && items.isEmpty()) {
      problem("an empty list", "a program and its arguments");
    }
    return items.stream().map(Value::argument).toList();
  }

  private String argument() {
    String text = scalar("an argument").orElse("");
    if (Secret.of(text).isReference()) {
      problem(
          "a secret on a command line, where every user of the machine sees it",
          "it under `environment`");
    }
    return text;
  }

  Section section() {
    if (node instanceof MappingNode mapping) {
      return new Section(mapping, where, problems);
    }
    problemUnlessMissing("a mapping");
    return new Section(emptyMapping(), where, Problems.discarding(problems));
  }

  /// A mapping whose keys the file chooses.
  Map<String, Value> entries() {
    return section().entries();
  }

  void problem(String problem, String expected) {
    if (node != null) {
      problems.add(node, where, problem, expected);
    }
  }

  private Optional<String> scalar(String expected) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return Optional.of(scalar.getValue());
    }
    problemUnlessMissing(expected);
    return Optional.empty();
  }

  private void problemUnlessMissing(String expected) {
    if (node != null) {
      problem(kind(node.getNodeId(), node), expected);
    }
  }

  private static String kind(NodeId id, Node node) {
    return switch (id) {
      case scalar -> node.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
      case sequence -> "a list";
      case mapping -> "a mapping";
      case anchor -> "an anchor";
    };
  }

  private static MappingNode emptyMapping() {
    return new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.AUTO);
  }
}
