package io.changeover.planner.core;

import io.changeover.planner.core.UpgradeEvent.PhaseCompleted;
import io.changeover.planner.core.UpgradeEvent.PhaseFailed;
import io.changeover.planner.core.UpgradeEvent.ReportRefused;

/// What a report means for the attempt that is out.
sealed interface Judgement {
  /// It is about something else.
  record Stray(ReportRefused event) implements Judgement {}

  /// The worker is at it.
  record Alive(UpgradeEvent event) implements Judgement {}

  /// Done and proven.
  record Done(PhaseCompleted event) implements Judgement {}

  /// Given up, after so many tries.
  record Failed(PhaseFailed event, int tries) implements Judgement {}

  /// It says something that cannot be acted on.
  record Unbelievable(Hold hold) implements Judgement {}
}
