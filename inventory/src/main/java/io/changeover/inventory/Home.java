package io.changeover.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a node keeps its files: a prefix on the machine that its command reaches. Two commands
/// reach the same one when they differ in nothing but their last word, which is `kong` itself.
///
/// @param machine the command without that word; empty for the machine of the workers
record Home(List<String> machine, String prefix) {

  /// Kong's own default.
  private static final String USUAL = "/usr/local/kong";

  private static final String SETTING = "KONG_PREFIX";

  /// Where `kong` itself would keep them if nothing is said. Empty where the inventory leaves open
  /// on which machine or in which folder: somebody else starts the node, a reference, a
  /// configuration file, or no command at all.
  static Optional<Home> of(KongVersion version, Node node) {
    return at(version, node, told(node).or(() -> usual(version, node)));
  }

  /// Only what the inventory says in so many words.
  static Optional<Home> told(KongVersion version, Node node) {
    return at(version, node, told(node));
  }

  private static Optional<Home> at(KongVersion version, Node node, Optional<String> prefix) {
    boolean ours =
        node.start().isEmpty() && version.provision().isEmpty() && !node.command().isEmpty();
    return prefix
        .filter(_ -> ours)
        .map(
            path ->
                new Home(
                    node.command().subList(0, node.command().size() - 1),
                    Path.of(path).normalize().toString()));
  }

  private static Optional<String> told(Node node) {
    return node.prefix()
        .or(
            () ->
                Optional.ofNullable(node.environment().get(SETTING))
                    .filter(setting -> !setting.isReference())
                    .map(Secret::resolve));
  }

  private static Optional<String> usual(KongVersion version, Node node) {
    return node.environment().containsKey(SETTING) || version.conf().isPresent()
        ? Optional.empty()
        : Optional.of(USUAL);
  }
}
