package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.migrator.preflight.Settings;
import io.changeover.migrator.preflight.content.NodePlugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Asks every node of both sides which plugins it has. A data plane has no Admin API, and green's
/// nodes do not run yet: there its settings speak.
final class PluginsOfNodes {

  private PluginsOfNodes() {}

  static List<NodePlugins> look(Tools tools, Subject subject) throws InterruptedException {
    List<Future<NodePlugins>> asked = new ArrayList<>();
    List<NodePlugins> answers = new ArrayList<>();
    try (Together together = new Together()) {
      for (Side side : List.of(subject.blue(), subject.green())) {
        side.nodes().forEach(node -> asked.add(together.ask(() -> one(tools, side, node))));
      }
      for (Future<NodePlugins> one : asked) {
        answers.add(Together.answer(one));
      }
    }
    return List.copyOf(answers);
  }

  private static NodePlugins one(Tools tools, Side side, Node node) throws InterruptedException {
    Optional<Set<String>> running = tools.enabledPlugins(node);
    Optional<Set<String>> names = running.isPresent() ? running : configured(side, node);
    String source =
        running.isPresent()
            ? "GET " + node.admin() + "/plugins/enabled"
            : "its Admin API does not answer; KONG_PLUGINS of its settings";
    String told = names.map(Object::toString).orElse("not to be seen from here");
    return new NodePlugins(
        node.name(), side.name(), node.role(), names, node.name() + ": " + source + ": " + told);
  }

  private static Optional<Set<String>> configured(Side side, Node node) {
    return Settings.of(side.target(node))
        .value("plugins", "bundled")
        .map(
            text ->
                Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new)));
  }
}
