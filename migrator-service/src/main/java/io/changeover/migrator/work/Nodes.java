package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.migrator.observe.NodeState;
import io.changeover.schemas.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;

/// Does the same with every node of a side, at the same time.
final class Nodes {

  /// What is done with one node.
  interface Each {
    NodeEnd with(Node node) throws InterruptedException;
  }

  private Nodes() {}

  /// All ends, in the inventory's order. Waits for every one, also when one fails.
  static List<NodeEnd> each(Side side, Each each) throws InterruptedException {
    try (Together together = new Together()) {
      List<Future<NodeEnd>> futures =
          side.nodes().stream().map(node -> together.ask(() -> each.with(node))).toList();
      ArrayList<NodeEnd> ends = new ArrayList<>();
      for (Future<NodeEnd> future : futures) {
        ends.add(Together.answer(future));
      }
      return List.copyOf(ends);
    }
  }

  /// Looks at every node and does nothing.
  static List<NodeEnd> look(Tools tools, Subject subject, Side side) throws InterruptedException {
    return each(side, node -> NodeEnd.good(node, tools.node(subject, side, node)));
  }

  /// What was counted, and each node's state under its name.
  static Map<String, String> facts(List<NodeEnd> ends) {
    TreeMap<String, String> facts = new TreeMap<>();
    facts.put(
        Facts.NODES_RUNNING, count(ends.stream().filter(end -> end.state().running()).count()));
    facts.put(Facts.NODES_HEALTHY, count(ends.stream().filter(Nodes::healthy).count()));
    ends.forEach(end -> facts.put("node." + end.node().name(), end.state().told()));
    return facts;
  }

  static boolean healthy(NodeEnd end) {
    return end.state() instanceof NodeState.Healthy;
  }

  private static String count(long number) {
    return Long.toString(number);
  }
}
