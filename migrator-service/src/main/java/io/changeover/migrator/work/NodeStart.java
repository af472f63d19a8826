package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.migrator.act.CliFailures;
import io.changeover.migrator.decide.NodeRules;
import io.changeover.migrator.decide.Step;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.report.Outcomes;
import io.changeover.worker.Outcome;
import io.changeover.worker.kong.CommandResult;
import io.changeover.worker.kong.KongCli;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Starts one node and stays until it is healthy.
final class NodeStart {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  private final Tools tools;
  private final Subject subject;
  private final Side side;
  private final Node node;
  private final Instant until;
  private Optional<CommandResult> started = Optional.empty();

  NodeStart(Tools tools, Subject subject, Side side, Node node) {
    this.tools = tools;
    this.subject = subject;
    this.side = side;
    this.node = node;
    Instant limit = subject.context().clock().instant().plus(tools.settings().nodeStart());
    Instant deadline = subject.context().deadline();
    this.until = limit.isBefore(deadline) ? limit : deadline;
  }

  NodeEnd run() throws InterruptedException {
    while (true) {
      NodeState state = tools.node(subject, side, node);
      Optional<NodeEnd> end =
          switch (NodeRules.start(state)) {
            case Step.AlreadyDone _ -> Optional.of(NodeEnd.good(node, state));
            case Step.Act _ -> act(state);
            case Step.Wait(String reason) -> await(state, reason);
            case Step.Refuse refusal -> Optional.of(NodeEnd.bad(node, state, Outcomes.of(refusal)));
            case Step.Unknown(var doubt) -> await(state, doubt.reason());
          };
      if (end.isPresent()) {
        return end.orElseThrow();
      }
    }
  }

  /// Kong says `Kong started` when nginx took the configuration; whether its workers live shows
  /// later.
  private Optional<NodeEnd> act(NodeState state) throws InterruptedException {
    if (started.isPresent()) {
      return await(state, "it was started and does not answer");
    }
    subject.context().ensureCurrent();
    CommandResult result = start();
    started = Optional.of(result);
    return result.exitedCleanly() || result.says("Kong is already running")
        ? Optional.empty()
        : Optional.of(failed(result));
  }

  /// A start that an attempt before this one left behind may have won the node's addresses.
  private NodeEnd failed(CommandResult result) throws InterruptedException {
    NodeState state = tools.node(subject, side, node);
    return state instanceof NodeState.Healthy
        ? NodeEnd.good(node, state)
        : NodeEnd.bad(node, state, Outcomes.of(CliFailures.doubt("the start failed", result)));
  }

  private CommandResult start() {
    KongTarget target = side.target(node);
    Patience patience =
        Patience.changing(tools.settings().nodeStart(), subject.context()::cancelled);
    return node.start().isPresent()
        ? KongCli.other(target, node.start().orElseThrow(), patience)
        : KongCli.start(target, node.prefix(), patience);
  }

  private Optional<NodeEnd> await(NodeState state, String reason) throws InterruptedException {
    boolean late = subject.context().clock().instant().isAfter(until);
    boolean on = !late && subject.context().pause(BETWEEN_LOOKS);
    return on ? Optional.empty() : Optional.of(NodeEnd.bad(node, state, notHealthy(reason)));
  }

  private Outcome.Failed notHealthy(String reason) {
    String said = started.map(result -> "; its start said: " + result.evidence()).orElse("");
    return Outcome.retryable(
        "not healthy after " + tools.settings().nodeStart().toSeconds() + " s: " + reason + said,
        "/status 200 with database.reachable, / with version "
            + side.release()
            + " and database "
            + subject.store(side).reported()
            + (side.added().isEmpty() ? "" : " and the plugins " + side.added())
            + ", and a request through the proxy answered by that version",
        "read the node's error log under its prefix; then retry the phase");
  }
}
