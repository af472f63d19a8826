package io.changeover.cli.plan;

import io.changeover.inventory.Cluster;
import io.changeover.planner.core.Action;
import io.changeover.planner.core.Analysis;
import io.changeover.planner.core.Gate;
import io.changeover.planner.core.Hop;
import io.changeover.planner.core.KongVersion;
import io.changeover.planner.core.Phase;
import io.changeover.planner.core.Plan;
import io.changeover.planner.core.Procedure;
import io.changeover.planner.core.Retreat;
import io.changeover.planner.core.Shift;
import io.changeover.planner.core.Side;
import io.changeover.planner.core.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A plan as lines of text: phases, gates, command lines, requests that a step needs, and what
/// would undo it.
public record PlanText(Cluster cluster, Plan plan) {
  /// The newest described version of a minor such as `2.2`, or the version itself.
  public static String newest(Cluster cluster, String version) {
    return KongVersion.newest(
            cluster.versions().keySet().stream()
                .filter(known -> minor(known).equals(Optional.of(version))))
        .orElse(version);
  }

  private static Optional<String> minor(String version) {
    return KongVersion.parse(version).map(KongVersion::minor);
  }

  /// All lines, without line ends.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        plan.fromVersion().isEmpty()
            ? "%s: an installation of %s. Nothing was touched."
                .formatted(cluster.name(), plan.toVersion())
            : "%s: %s → %s in %d hop(s). Nothing was touched."
                .formatted(
                    cluster.name(), plan.fromVersion(), plan.toVersion(), plan.hops().size()));
    for (int i = 0; i < plan.hops().size(); i++) {
      lines.addAll(hop(i + 1, plan.hops().get(i)));
    }
    return lines;
  }

  private List<String> hop(int number, Hop hop) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Hop %d: %s, %s"
            .formatted(
                number,
                hop.fromVersion().isEmpty()
                    ? hop.toVersion()
                    : hop.fromVersion() + " → " + hop.toVersion(),
                kind(hop)));
    CommandLines commands = new CommandLines(cluster, hop, plan.plugins());
    boolean committed = false;
    for (int i = 0; i < hop.steps().size(); i++) {
      Optional<List<String>> undo = Retreat.after(hop, i);
      if (undo.isEmpty() && !committed) {
        lines.add("  ---- point of no return: from here nothing goes back" + to(hop));
        committed = true;
      }
      lines.addAll(step(hop.steps().get(i), commands));
      undo.ifPresent(phases -> lines.add("         " + undone(hop, phases)));
      if (undo.isPresent() && hop.steps().get(i) instanceof Phase phase) {
        left(hop, phase).ifPresent(what -> lines.add("         a rollback leaves " + what));
      }
    }
    return lines;
  }

  private String kind(Hop hop) {
    return hop.procedure().word()
        + switch (hop.procedure()) {
          case Procedure.Downtime _ -> ": nobody is served from drain-blue to open";
          case Procedure.Shared _, Procedure.Copy _, Procedure.Hybrid _, Procedure.DbLess _ ->
              hop.addsPlugins()
                  ? ": the same version on other nodes, with the plugins " + plan.plugins()
                  : hop.patch() ? " (a patch)" : "";
          case Procedure.Community _, Procedure.Fresh _ -> "";
        };
  }

  private static String to(Hop hop) {
    return hop.fromVersion().isEmpty() ? "" : " to " + hop.fromVersion();
  }

  /// What no rollback takes out of the datastore again.
  private static Optional<String> left(Hop hop, Phase phase) {
    return switch (phase.action()) {
      case MIGRATE_UP ->
          Optional.of(
              "what it added to the schema, pending; %s does without it"
                  .formatted(hop.fromVersion()));
      case BOOTSTRAP -> Optional.of("what it made in the datastore");
      default -> Optional.empty();
    };
  }

  /// The last look changes nothing: where it stands alone, so did all that was done.
  private static String undone(Hop hop, List<String> phases) {
    boolean changed =
        hop.rollback().stream()
            .filter(phase -> phases.contains(phase.name()))
            .anyMatch(phase -> phase.action() != Action.VERIFY_ROLLBACK);
    return changed ? "undone by " + String.join(", ", phases) : "nothing to undo";
  }

  private static List<String> step(Step step, CommandLines commands) {
    return switch (step) {
      case Gate gate -> List.of("  gate   " + gate.name() + ": waits " + patience(gate));
      case Phase phase -> phase(phase, commands);
    };
  }

  private static String patience(Gate gate) {
    Duration deadline = gate.deadline();
    return deadline == null ? "for ever" : "up to " + words(deadline);
  }

  private static List<String> phase(Phase phase, CommandLines commands) {
    List<String> lines = new ArrayList<>();
    Side side = phase.side();
    lines.add(
        "  phase  %s: %s by %s, up to %s"
            .formatted(
                phase.name(),
                phase.action().word() + (side == null ? "" : " " + side.word()),
                phase.runbook() == null ? phase.worker().word() : "runbook " + phase.runbook(),
                words(phase.deadline())));
    commands.of(phase).forEach(line -> lines.add("         $ " + line));
    Shift shift = phase.shift();
    if (shift != null && shift.analysis() != null) {
      lines.add("         " + requests(shift.weight(), shift.analysis()));
    }
    return lines;
  }

  /// What a measurement needs on green, and what that is of all.
  private static String requests(int weight, Analysis analysis) {
    long all = weight == 0 ? 0 : Math.ceilDiv(analysis.minimumRequests() * 100, weight);
    return "needs %d requests on green in each of %d measurements of %s: about %d of the cluster's each, %d in all"
        .formatted(
            analysis.minimumRequests(),
            analysis.count(),
            words(analysis.interval()),
            all,
            all * analysis.count());
  }

  private static String words(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
