package io.changeover.migrator.work;

import io.changeover.inventory.Role;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stops the nodes of one side, and where it is blue, sees to it that they stay down.
@Singleton
final class StopNodesWork implements PhaseWork {

  private static final Release LINGERS_BEFORE = new Release(2, 2, 0);

  private final Tools tools;
  private final BlueWatch watch;

  StopNodesWork(Tools tools, BlueWatch watch) {
    this.tools = tools;
    this.watch = watch;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.STOP_NODES);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(
        context,
        subject -> {
          Optional<Side> side = subject.side();
          if (subject.roleless().isPresent()) {
            return subject.roleless().orElseThrow();
          }
          return side.isEmpty()
              ? Subject.sideless(subject.command())
              : stop(subject, side.orElseThrow());
        });
  }

  private Outcome stop(Subject subject, Side whole) throws InterruptedException {
    Side side = whole.only(subject.role());
    Findings findings = new Findings();
    // Blue's control plane still serves while its data planes go: it keeps its login.
    boolean more = subject.role().equals(Optional.of(Role.DATA_PLANE));
    if (side.blue() && more) {
      Optional<Outcome.Failed> left = ConnectedDataPlanes.leftBehind(tools, subject, findings);
      if (left.isPresent()) {
        return left.orElseThrow();
      }
    }
    List<NodeEnd> ends = Nodes.each(side, node -> new NodeStop(tools, subject, side, node).run());
    Map<String, String> facts = Nodes.facts(ends);
    ends.forEach(end -> forced(end, side.release(), findings));
    Optional<Outcome.Failed> failure = NodeEnd.worst(ends);
    if (failure.isPresent()) {
      return failure.orElseThrow().withFacts(facts).withFindings(findings.all());
    }
    if (!side.blue()) {
      return Outcome.done(facts, findings.all());
    }
    watch.begin(subject, side.nodes());
    return more ? Outcome.done(facts, findings.all()) : fence(subject, facts, findings);
  }

  /// Of 2.1 a node in hybrid mode does not end by itself while it is connected to the other role,
  /// as observed; nothing is cut then, since the router has drained it.
  private void forced(NodeEnd end, Release release, Findings findings) {
    if (end.forced().isEmpty()) {
      return;
    }
    String what =
        "node "
            + end.node().name()
            + " did not end by itself in "
            + tools.settings().nodeQuit().toSeconds()
            + " s, and Kong stopped it by force";
    if (end.node().role().isPresent() && release.compareTo(LINGERS_BEFORE) < 0) {
      findings.fact(
          "nodes.forced",
          what + ", as it does with one that is connected in hybrid mode",
          end.forced().orElseThrow());
    } else {
      findings.warning(
          "nodes.forced",
          what + ": requests that were still in work there were cut",
          end.forced().orElseThrow(),
          "see what was left of the drain (`sessions.blue`); where requests live longer, raise"
              + " `upgrade.drain` and the migrator's `node-quit`");
    }
  }

  private Outcome fence(Subject subject, Map<String, String> facts, Findings findings)
      throws InterruptedException {
    return switch (BlueLogin.deny(subject, tools.settings().reading())) {
      case BlueLogin.End.Bad(Outcome.Failed failure) ->
          failure.withFacts(facts).withFindings(findings.all());
      case BlueLogin.End.Good(String word) -> {
        subject.context().progress(Map.of(Facts.FENCE_ROLE, word));
        facts.put(Facts.FENCE_ROLE, word);
        if (word.equals("none") && !(subject.blueStore() instanceof NoStore)) {
          findings.warning(
              "fence.none",
              "nothing but us prevents a blue node from starting again, also on the finished schema",
              "Kong " + subject.blue().release() + " starts on any newer schema without a word",
              remedy(subject));
        }
        yield Outcome.done(facts, findings.all());
      }
    };
  }

  private static String remedy(Subject subject) {
    return switch (subject.blueStore()) {
      case PostgresStore _ ->
          "give blue a database role of its own and name it as `fence.blueRole`";
      case KeyspaceStore _, NoStore _ ->
          "take the start of blue's nodes out of whatever could start them (systemd, a scheduler)";
    };
  }
}
