package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.ReportRefused;
import io.changeover.planner.core.UpgradeState.Known;
import io.changeover.planner.core.UpgradeState.Planned;
import io.changeover.planner.core.UpgradeState.Working;
import java.util.List;
import java.util.stream.Stream;

/// Reports that do not belong to what runs: late, doubled, from the future, or made up. They are
/// recorded and change nothing.
final class Strays {
  private static final String NOTHING_TO_DO = "Nothing has to be done; the report is recorded.";

  /// Who watches blue nodes that were stopped, in the place of a phase.
  private static final String WATCH = "blue-watch";

  private Strays() {}

  /// A report while something else, or nothing, is under way.
  static ReportRefused refuse(Planned state, Report report) {
    if (!report.cluster().equals(state.cluster())) {
      return refused(
          state, report, RefusalReason.WRONG_CLUSTER, "it says cluster " + report.cluster());
    }
    return refused(state, report, reason(state, report), got(report));
  }

  /// A second report that an attempt began.
  static ReportRefused again(Planned state, Report report) {
    return refused(state, report, RefusalReason.DUPLICATE, got(report) + " a second time");
  }

  /// A report after the end.
  static List<UpgradeEvent> ended(Known state, Report report) {
    return List.of(refused(state, report, RefusalReason.UPGRADE_ENDED, got(report)));
  }

  private static RefusalReason reason(Planned state, Report report) {
    Hop hop = state.run().current();
    boolean known =
        Stream.concat(hop.steps().stream(), hop.rollback().stream())
            .anyMatch(step -> step instanceof Phase && step.name().equals(report.phase()));
    if (!known) {
      return RefusalReason.UNKNOWN_PHASE;
    }
    return ahead(state, report) ? RefusalReason.AHEAD : RefusalReason.STALE;
  }

  /// Whether it is about what was not commanded yet.
  private static boolean ahead(Planned state, Report report) {
    if (state.at().equals(report.phase())) {
      return report.attempt() > attempt(state);
    }
    return state.run().phasesCommanded().stream()
            .noneMatch(phase -> phase.name().equals(report.phase()))
        && state.run().current().rollback().stream()
            .noneMatch(phase -> phase.name().equals(report.phase()));
  }

  private static int attempt(Planned state) {
    return switch (state) {
      case Working working ->
          switch (working.turn()) {
            case Turn.Outstanding out -> out.attempt();
            case Turn.Ready ready -> ready.attempt() - 1;
            case Turn.BackingOff backingOff -> backingOff.attempt() - 1;
          };
      case UpgradeState.Standing standing -> standing.hold().attempt();
      case UpgradeState.Waiting waiting -> waiting.gate().attempt();
      case UpgradeState.Queued _,
          UpgradeState.Finished _,
          UpgradeState.RolledBack _,
          UpgradeState.Cancelled _ ->
          0;
    };
  }

  private static ReportRefused refused(
      Known state, Report report, RefusalReason reason, String got) {
    Refusal refusal = new Refusal(reason, expected(state), got, remedy(report));
    return new ReportRefused(
        report.at(), report.phase(), report.attempt(), report.worker(), refusal);
  }

  /// An alarm belongs to no attempt, and it is not nothing.
  private static String remedy(Report report) {
    return report.phase().equals(WATCH) && !report.blockers().isEmpty()
        ? String.join("; ", report.blockers()) + "."
        : NOTHING_TO_DO;
  }

  private static String expected(Known state) {
    String where = " for upgrade " + state.upgrade() + " of cluster " + state.cluster();
    if (state instanceof Working working && working.turn() instanceof Turn.Outstanding out) {
      return "a report of attempt " + out.attempt() + " of phase " + working.at() + where;
    }
    return "no report" + where + ", which is " + state.stage();
  }

  private static String got(Report report) {
    return "got "
        + report.kind()
        + " of attempt "
        + report.attempt()
        + " of phase "
        + report.phase()
        + " from worker "
        + report.worker();
  }
}
