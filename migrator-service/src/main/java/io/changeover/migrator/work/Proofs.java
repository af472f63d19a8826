package io.changeover.migrator.work;

import io.changeover.messages.FailureKind;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the last looks have in common.
final class Proofs {

  private Proofs() {}

  /// A side that should not run: an answer is a blocker, a silence that proves nothing a warning.
  static void silent(String side, List<NodeEnd> ends, Findings findings) {
    for (NodeEnd end : ends) {
      String name = side + " node " + end.node().name();
      switch (end.state()) {
        case NodeState.Stopped _ -> {}
        case NodeState.Unknown(String reason) ->
            findings.warning(
                side + ".unknown",
                name + " is silent, which does not prove it down",
                reason,
                "see whether it runs");
        case NodeState.Healthy _, NodeState.Unhealthy _, NodeState.OtherVersion _ ->
            findings.blocker(
                side + ".answers",
                name + " answers",
                end.state().told(),
                "stop it, then retry the phase");
      }
    }
  }

  static void unhealthy(String side, NodeEnd end, Findings findings) {
    findings.blocker(
        side + ".unhealthy",
        side + " node " + end.node().name() + " is not healthy",
        end.state().told(),
        "read its error log; retry the phase");
  }

  /// A failure with everything that was found. Worth another try: nodes need a moment sometimes.
  static Outcome.Failed failed(String what, Findings findings, Map<String, String> facts) {
    String reasons =
        findings.all().stream()
            .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
            .map(finding -> finding.getMessage() + " (" + finding.getEvidence() + ")")
            .collect(Collectors.joining("; "));
    return new Outcome.Failed(
        FailureKind.RETRYABLE,
        what + ": " + reasons,
        "no blocker among the findings",
        "see the findings",
        facts,
        findings.all());
  }
}
