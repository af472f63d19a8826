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

/// Stops one node and stays until it is proven down: asks it to quit, and where that does not help,
/// to stop.
final class NodeStop {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /// From `kong stop` to nothing answering.
  private static final Duration STOPPING = Duration.ofSeconds(10);

  /// Kong's words where busy connections outlived the time it was given; it exits 0 all the same.
  private static final String FORCED = "stopped forcefully";

  private enum Asked {
    NOTHING,
    QUIT,
    STOP
  }

  private final Tools tools;
  private final Subject subject;
  private final Side side;
  private final Node node;
  private Asked asked = Asked.NOTHING;
  private Instant until = Instant.MIN;
  private String said = "";
  private Optional<String> forced = Optional.empty();

  NodeStop(Tools tools, Subject subject, Side side, Node node) {
    this.tools = tools;
    this.subject = subject;
    this.side = side;
    this.node = node;
  }

  NodeEnd run() throws InterruptedException {
    until = now().plus(tools.settings().http().multipliedBy(3));
    while (true) {
      NodeState state = tools.node(subject, side, node);
      Optional<NodeEnd> end =
          switch (NodeRules.stop(state)) {
            case Step.AlreadyDone _ -> Optional.of(NodeEnd.good(node, state).forced(forced));
            case Step.Act _ -> act(state);
            case Step.Refuse refusal -> Optional.of(NodeEnd.bad(node, state, Outcomes.of(refusal)));
            case Step.Wait(String reason) -> await(state, reason);
            case Step.Unknown(var doubt) -> await(state, doubt.reason());
          };
      if (end.isPresent()) {
        return end.orElseThrow();
      }
    }
  }

  /// It runs: the next harder thing once its time is over.
  private Optional<NodeEnd> act(NodeState state) throws InterruptedException {
    return switch (asked) {
      case NOTHING -> ask(Asked.QUIT, tools.settings().nodeStop());
      case QUIT -> now().isBefore(until) ? await(state, state.told()) : ask(Asked.STOP, STOPPING);
      case STOP -> await(state, state.told());
    };
  }

  private Optional<NodeEnd> ask(Asked how, Duration time) {
    subject.context().ensureCurrent();
    asked = how;
    CommandResult result = how == Asked.QUIT ? quit() : stop();
    until = now().plus(time);
    if (result.says(FORCED)) {
      forced = Optional.of(result.evidence());
    }
    if (!result.exitedCleanly()) {
      said = "; " + CliFailures.doubt("it was told to " + how, result).reason();
    }
    return Optional.empty();
  }

  private CommandResult quit() {
    Duration grace = tools.settings().nodeQuit();
    if (node.quit().isPresent()) {
      return KongCli.other(target(), node.quit().orElseThrow(), patience(grace));
    }
    return node.stop().isPresent()
        ? stop()
        : KongCli.quit(target(), node.prefix(), grace, patience(grace));
  }

  private CommandResult stop() {
    return node.stop().isPresent()
        ? KongCli.other(target(), node.stop().orElseThrow(), patience(Duration.ZERO))
        : KongCli.stop(target(), node.prefix(), patience(Duration.ZERO));
  }

  private KongTarget target() {
    return side.target(node);
  }

  private Patience patience(Duration grace) {
    return Patience.changing(grace.plus(tools.settings().reading()), subject.context()::cancelled);
  }

  private Optional<NodeEnd> await(NodeState state, String reason) throws InterruptedException {
    boolean late = !now().isBefore(until) || now().isAfter(subject.context().deadline());
    boolean on = !late && subject.context().pause(BETWEEN_LOOKS);
    return on
        ? Optional.empty()
        : Optional.of(
            NodeEnd.bad(
                node,
                state,
                Outcome.retryable(
                    (state.running() ? "still runs: " : "not proven down: ") + reason + said,
                    "Admin, Status and proxy address to refuse connections and `kong health` to say it is not running",
                    "stop it by hand, or correct its addresses in the inventory; then retry the phase")));
  }

  private Instant now() {
    return subject.context().clock().instant();
  }
}
