package io.changeover.migrator.work;

import io.changeover.inventory.Secret;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.preflight.VersionChecks;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Blue must be well, and green not there yet.
final class PreflightNodes {

  private PreflightNodes() {}

  static Map<String, String> look(
      Tools tools, Subject subject, boolean greenMayNotRun, Findings findings)
      throws InterruptedException {
    List<NodeEnd> blue = Nodes.look(tools, subject, subject.blue());
    List<NodeEnd> green = Nodes.look(tools, subject, subject.green());
    boolean probed = canProbe(subject);
    blue.forEach(end -> blue(end, subject.blue().build(), probed, findings));
    green.forEach(end -> green(end, greenMayNotRun, findings));
    if (!subject.fresh()) {
      named(subject.blue(), findings);
    }
    named(subject.green(), findings);
    TreeMap<String, String> facts = new TreeMap<>(Nodes.facts(blue));
    green.forEach(end -> facts.put("node." + end.node().name(), end.state().told()));
    return facts;
  }

  static void named(Side side, Findings findings) {
    if (side.nodes().isEmpty() && side.version().provision().isEmpty()) {
      findings.blocker(
          side.name() + ".no-nodes",
          "the inventory names no node of " + side.name(),
          side.version().version(),
          "name its nodes, or a `provision` runbook");
    }
  }

  /// Whether this machine has what the probe's headers refer to.
  private static boolean canProbe(Subject subject) {
    try {
      subject.probe().ifPresent(probe -> probe.headers().values().forEach(Secret::resolve));
      return true;
    } catch (UnresolvedSecretException e) {
      return false;
    }
  }

  /// @param probed whether a request through the proxy could be made
  private static void blue(NodeEnd end, Build expected, boolean probed, Findings findings) {
    String name = "blue node " + end.node().name();
    switch (end.state()) {
      case NodeState.Healthy(Build seen) -> {
        findings.fact("blue.healthy", name + " is healthy", end.state().told());
        VersionChecks.node(Side.BLUE, end.node().name(), expected, seen, findings);
      }
      case NodeState.Unhealthy _ when !probed ->
          findings.blocker(
              "blue.unproven",
              name + " could not be proven healthy without the secret of the inventory's `probe`",
              end.state().told(),
              "set the secret that is named where the migrator runs, or correct the probe's"
                  + " headers, then retry the phase");
      case NodeState.Unhealthy _, NodeState.OtherVersion _, NodeState.Stopped _ ->
          findings.blocker(
              "blue.unhealthy",
              name + " is not healthy",
              end.state().told(),
              "an upgrade begins on a cluster that serves: repair it, or take it out of the inventory");
      case NodeState.Unknown _ ->
          findings.blocker(
              "blue.unknown",
              name + " could not be read",
              end.state().told(),
              "make its addresses reachable from the migrator");
    }
  }

  /// @param mayNotRun whether green could not have started rightly yet: migrations are still new,
  ///   or its keyspace is not filled
  private static void green(NodeEnd end, boolean mayNotRun, Findings findings) {
    String name = "green node " + end.node().name();
    switch (end.state()) {
      case NodeState.Stopped _ ->
          findings.fact("green.stopped", name + " does not run yet", end.state().told());
      case NodeState.Healthy _, NodeState.Unhealthy _ when mayNotRun ->
          findings.blocker(
              "green.running",
              name + " runs already, before its schema is ready",
              end.state().told(),
              "see which database it uses, and stop it");
      case NodeState.Healthy _, NodeState.Unhealthy _ ->
          findings.warning(
              "green.running",
              name + " runs already",
              end.state().told(),
              "nothing if an earlier attempt started it; its Admin API must not be used");
      case NodeState.OtherVersion _ ->
          findings.blocker(
              "green.address",
              "something else answers at " + name,
              end.state().told(),
              "correct its addresses in the inventory, or stop what answers there");
      case NodeState.Unknown _ ->
          findings.warning(
              "green.unknown",
              name + " could not be read",
              end.state().told(),
              "its addresses must be reachable from the migrator once it runs");
    }
  }
}
