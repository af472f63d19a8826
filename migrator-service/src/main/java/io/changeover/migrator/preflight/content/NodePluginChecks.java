package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Does every node have every plugin in use, and do the nodes of a side have the same? A data plane
/// that lacks one rejects all configuration; a node with a database does not start, or serves
/// without the plugin when the row came later. As observed on Kong 2.1.4 and 2.2.2.
///
/// @param bundled what `bundled` stands for
public record NodePluginChecks(List<NodePlugins> nodes, Set<String> bundled)
    implements ContentCheck {

  private static final List<String> COLUMNS = List.of("id", "name");

  public NodePluginChecks {
    nodes = List.copyOf(nodes);
    bundled = Set.copyOf(bundled);
  }

  @Override
  public String name() {
    return "plugins of each node";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    TreeMap<String, List<JsonNode>> used = new TreeMap<>();
    if (content.has(Plugin.TABLE, "name")) {
      for (JsonNode row : content.rows(Plugin.TABLE, COLUMNS, _ -> true)) {
        used.computeIfAbsent(Rows.text(row, "name"), _ -> new ArrayList<>()).add(row);
      }
    }
    nodes.forEach(node -> node(node, used, findings));
    nodes.stream()
        .map(NodePlugins::side)
        .distinct()
        .forEach(side -> alike(side, used.keySet(), findings));
  }

  private void node(NodePlugins node, Map<String, List<JsonNode>> used, Findings findings) {
    if (node.names().isEmpty()) {
      if (node.dataPlane()) {
        findings.warning(
            "plugins.node-unseen",
            "nobody can say which plugins the " + node.told() + " has",
            node.evidence(),
            "name KONG_PLUGINS in the node's environment of the inventory");
      }
      return;
    }
    Set<String> has = all(node);
    for (Map.Entry<String, List<JsonNode>> plugin : used.entrySet()) {
      if (!has.contains(plugin.getKey())) {
        lacks(node, plugin.getKey(), plugin.getValue(), findings);
      }
    }
  }

  private static void lacks(
      NodePlugins node, String plugin, List<JsonNode> rows, Findings findings) {
    String message = "the " + node.told() + " lacks the plugin " + plugin + ", which is in use: ";
    String evidence =
        Rows.evidence(COLUMNS, Plugin.TABLE, "named " + plugin, rows) + "; " + node.evidence();
    String remedy =
        "install it on the control planes first, then on the data planes, and add it to the node's"
            + " KONG_PLUGINS";
    if (node.dataPlane()) {
      findings.blocker(
          "plugins.node-lacks", message + "it rejects ALL configuration", evidence, remedy);
    } else if (node.side().equals("green")) {
      findings.blocker("plugins.node-lacks", message + "it will not start", evidence, remedy);
    } else {
      findings.warning(
          "plugins.node-lacks",
          message + "it serves without it, and will not start again",
          evidence,
          remedy);
    }
  }

  /// What one node of a side has and another has not, beside those in use.
  private void alike(String side, Set<String> used, Findings findings) {
    List<NodePlugins> known =
        nodes.stream()
            .filter(node -> node.side().equals(side) && node.names().isPresent())
            .toList();
    TreeSet<String> union = new TreeSet<>();
    known.forEach(node -> union.addAll(all(node)));
    TreeMap<String, Set<String>> lacking = new TreeMap<>();
    for (NodePlugins node : known) {
      TreeSet<String> less = new TreeSet<>(union);
      less.removeAll(all(node));
      less.removeAll(used);
      if (!less.isEmpty()) {
        lacking.put(node.node(), less);
      }
    }
    List<String> evidence = known.stream().map(NodePlugins::evidence).toList();
    if (!lacking.isEmpty()) {
      findings.warning(
          "plugins.differ",
          "nodes of " + side + " do not have the same plugins; lacking, by node: " + lacking,
          String.join("; ", evidence),
          "install them on every node, on control planes first, before anybody uses them");
    } else if (known.size() > 1) {
      findings.fact(
          "plugins.alike",
          known.size() + " nodes of " + side + " have the same plugins",
          String.join("; ", evidence));
    }
  }

  private Set<String> all(NodePlugins node) {
    TreeSet<String> all = new TreeSet<>(node.names().orElse(Set.of()));
    if (all.remove("bundled")) {
      all.addAll(bundled);
    }
    return all;
  }
}
