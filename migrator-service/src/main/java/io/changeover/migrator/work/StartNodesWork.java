package io.changeover.migrator.work;

import io.changeover.inventory.Role;
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

/// Starts the nodes of one side. Blue only while the schema still is one that it knows.
@Singleton
final class StartNodesWork implements PhaseWork {

  private final Tools tools;
  private final BlueWatch watch;

  StartNodesWork(Tools tools, BlueWatch watch) {
    this.tools = tools;
    this.watch = watch;
  }

  @Override
  public Set<String> actions() {
    return Set.of(Actions.START_NODES);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return Subject.of(
        context,
        subject -> {
          Optional<Side> side = subject.side();
          if (side.isEmpty()) {
            return Subject.sideless(subject.command());
          }
          if (subject.roleless().isPresent()) {
            return subject.roleless().orElseThrow();
          }
          return side.orElseThrow().blue()
              ? blue(subject)
              : nodes(subject, subject.green(), Map.of());
        });
  }

  private Outcome blue(Subject subject) throws InterruptedException {
    Optional<Outcome.Failed> refusal = BlueGuard.refusal(tools, subject);
    if (refusal.isPresent()) {
      return refusal.orElseThrow();
    }
    if (subject.role().equals(Optional.of(Role.DATA_PLANE))) {
      return nodes(subject, subject.blue(), Map.of());
    }
    return switch (BlueLogin.allow(subject, tools.settings().reading())) {
      case BlueLogin.End.Bad(Outcome.Failed failure) -> failure;
      case BlueLogin.End.Good(String word) ->
          nodes(subject, subject.blue(), Map.of(Facts.FENCE_ROLE, word));
    };
  }

  private Outcome nodes(Subject subject, Side whole, Map<String, String> more)
      throws InterruptedException {
    Side side = whole.only(subject.role());
    watch.end(subject, side.nodes());
    List<NodeEnd> ends = Nodes.each(side, node -> new NodeStart(tools, subject, side, node).run());
    Map<String, String> facts = Nodes.facts(ends);
    facts.putAll(more);
    facts.put("via", side.release().toString());
    if (ends.isEmpty()) {
      return Outcome.fatal(
          "the inventory names no "
              + subject.role().map(Role::word).orElse("node")
              + " of "
              + side.name()
              + " "
              + side.version().version(),
          "at least one node",
          "name the nodes, or a `provision` runbook that starts them");
    }
    return NodeEnd.worst(ends)
        .<Outcome>map(failed -> failed.withFacts(facts))
        .orElseGet(() -> Outcome.done(facts));
  }
}
