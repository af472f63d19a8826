package io.changeover.worker;

import io.changeover.messages.PhaseCommand;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// The failures that the kit itself reports.
final class Failures {

  private Failures() {}

  static Outcome.Failed expired(Attempt attempt) {
    return Outcome.retryable(
        attempt.describe()
            + " expired: its deadline "
            + attempt.deadline()
            + " passed before the work began",
        "a command that arrives before its deadline",
        "nothing; the planner issues it again. If it repeats, look at the worker's limit and at the clocks");
  }

  static Outcome.Failed cancelled(Attempt attempt, Cancellation cause) {
    return Outcome.retryable(
        attempt.describe() + " was cancelled: " + cause.words,
        "the work to run to its end",
        "nothing; the planner issues it again where it is still wanted");
  }

  static Outcome.Failed threw(Attempt attempt, Throwable cause) {
    return Outcome.retryable(
        attempt.describe() + " failed with " + chain(cause),
        "the work to end with an outcome",
        "look at the worker's log of this time; retry when the cause is gone");
  }

  static Outcome.Failed noSuchAction(
      PhaseCommand command, String worker, Collection<String> known) {
    return Outcome.fatal(
        "The worker %s does not know the action %s (phase %s of upgrade %s on cluster %s, attempt %d)"
            .formatted(
                worker,
                command.getAction(),
                command.getPhase(),
                command.getUpgrade(),
                command.getCluster(),
                command.getAttempt()),
        "one of " + known.stream().sorted().collect(Collectors.joining(", ")),
        "run planner and workers of the same release");
  }

  /// While a file is broken the cluster may be in it, and the next attempt may find it.
  static Outcome.Failed unknownCluster(PhaseCommand command, Inventories inventories) {
    List<String> errors = inventories.errors().stream().map(Object::toString).toList();
    String broken =
        errors.isEmpty() ? "" : "; the folder has errors: " + String.join(" | ", errors);
    String reason =
        "The inventory folder %s of this worker has no cluster %s (upgrade %s, phase %s, attempt %d)%s"
            .formatted(
                inventories.folder(),
                command.getCluster(),
                command.getUpgrade(),
                command.getPhase(),
                command.getAttempt(),
                broken);
    String expected =
        "an entry with `name: " + command.getCluster() + "` in one of its *.yaml files";
    String remedy =
        "give every worker the same inventory, check it with `changeover inventory check`, then retry the phase";
    return errors.isEmpty()
        ? Outcome.fatal(reason, expected, remedy)
        : Outcome.retryable(reason, expected, remedy);
  }

  private static String chain(Throwable cause) {
    StringBuilder text = new StringBuilder();
    Throwable at = cause;
    for (int depth = 0; at != null && depth < 3; depth++, at = at.getCause()) {
      text.append(depth == 0 ? "" : ", caused by ").append(at.getClass().getSimpleName());
      if (at.getMessage() != null) {
        text.append(": ").append(at.getMessage());
      }
    }
    return text.toString();
  }
}
