package io.changeover.worker;

import io.changeover.messages.PhaseReport;
import java.util.concurrent.CompletionStage;

/// Sends reports to the planner.
interface ReportSender {

  /// Sends a report. Never throws: a report that can't be sent fails the stage, and the planner's
  /// timeout brings the work back.
  CompletionStage<?> send(PhaseReport report, String traceparent);
}
