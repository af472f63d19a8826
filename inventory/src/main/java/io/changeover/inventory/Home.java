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

  /// Empty where the inventory does not tell: a reference, a configuration file, somebody else who
  /// starts the node, or no command at all.
  static Optional<Home> of(KongVersion version, Node node) {
    if (node.command().isEmpty()) {
      return Optional.empty();
    }
    List<String> machine = node.command().subList(0, node.command().size() - 1);
    return node.prefix()
        .or(() -> untold(version, node))
        .map(prefix -> new Home(machine, Path.of(prefix).normalize().toString()));
  }

  private static Optional<String> untold(KongVersion version, Node node) {
    Secret setting = node.environment().get(SETTING);
    if (setting != null) {
      return setting.isReference() ? Optional.empty() : Optional.of(setting.resolve());
    }
    boolean ours = node.start().isEmpty() && version.provision().isEmpty();
    return ours && version.conf().isEmpty() ? Optional.of(USUAL) : Optional.empty();
  }
}
