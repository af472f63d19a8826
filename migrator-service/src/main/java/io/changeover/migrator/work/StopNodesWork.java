package io.changeover.migrator.work;

import io.changeover.inventory.Role;
import io.changeover.migrator.act.KeyspaceStore;
import io.changeover.migrator.act.NoStore;
import io.changeover.migrator.act.PostgresStore;
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
    List<NodeEnd> ends = Nodes.each(side, node -> new NodeStop(tools, subject, side, node).run());
    Map<String, String> facts = Nodes.facts(ends);
    Optional<Outcome.Failed> failure = NodeEnd.worst(ends);
    if (failure.isPresent()) {
      return failure.orElseThrow().withFacts(facts);
    }
    if (!side.blue()) {
      return Outcome.done(facts);
    }
    watch.begin(subject, side.nodes());
    // Blue's control plane still serves while its data planes go: it keeps its login.
    boolean more = subject.role().equals(Optional.of(Role.DATA_PLANE));
    return more ? Outcome.done(facts) : fence(subject, facts);
  }

  private Outcome fence(Subject subject, Map<String, String> facts) {
    return switch (BlueLogin.deny(subject, tools.settings().reading())) {
      case BlueLogin.End.Bad(Outcome.Failed failure) -> failure.withFacts(facts);
      case BlueLogin.End.Good(String word) -> {
        subject.context().progress(Map.of(Facts.FENCE_ROLE, word));
        facts.put(Facts.FENCE_ROLE, word);
        Findings findings = new Findings();
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
