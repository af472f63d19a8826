package io.changeover.worker;

import io.changeover.messages.Finding;
import java.util.concurrent.CompletionStage;

/// Tells the planner of something that no command asked for. It becomes an entry of the upgrade's
/// journal, even when the upgrade has ended, and changes nothing else.
@FunctionalInterface
public interface Alarms {

  /// Sends an alarm. Never throws.
  ///
  /// @param upgrade what it is about
  /// @param watch who watches, in the place of a phase; no phase has this name
  /// @param finding what was seen; without secrets
  /// @return done when the broker has it, failed when it can't be had
  CompletionStage<?> raise(String upgrade, String cluster, String watch, Finding finding);
}
