package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.messages.FailureKind;
import io.changeover.migrator.observe.NodeState;
import io.changeover.worker.Outcome;
import java.util.List;
import java.util.Optional;

/// How the work on one node ended.
///
/// @param state as it was seen last
/// @param failure why it is not as wished
/// @param forced what Kong said where it ended the node by force
record NodeEnd(
    Node node, NodeState state, Optional<Outcome.Failed> failure, Optional<String> forced) {

  static NodeEnd good(Node node, NodeState state) {
    return new NodeEnd(node, state, Optional.empty(), Optional.empty());
  }

  NodeEnd forced(Optional<String> words) {
    return new NodeEnd(node, state, failure, words);
  }

  static NodeEnd bad(Node node, NodeState state, Outcome.Failed failure) {
    String reason = "node " + node.name() + ": " + failure.reason();
    Outcome.Failed named =
        new Outcome.Failed(
            failure.kind(),
            reason,
            failure.expected(),
            failure.remedy(),
            failure.facts(),
            failure.findings());
    return new NodeEnd(node, state, Optional.of(named), Optional.empty());
  }

  /// One failure for all that went wrong; fatal when any is.
  static Optional<Outcome.Failed> worst(List<NodeEnd> ends) {
    List<Outcome.Failed> failures = ends.stream().flatMap(end -> end.failure().stream()).toList();
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    Outcome.Failed first =
        failures.stream()
            .filter(failure -> failure.kind() == FailureKind.FATAL)
            .findFirst()
            .orElseGet(failures::getFirst);
    String reasons = String.join("; ", failures.stream().map(Outcome.Failed::reason).toList());
    return Optional.of(
        new Outcome.Failed(
            first.kind(),
            reasons,
            first.expected(),
            first.remedy(),
            first.facts(),
            first.findings()));
  }
}
