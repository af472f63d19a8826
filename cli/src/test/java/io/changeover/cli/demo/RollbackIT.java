package io.changeover.cli.demo;

import io.changeover.cli.machine.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An abort before the point of no return brings blue back, whatever runs at that moment, and the
/// next upgrade of the same cluster begins where that one left the schema. After it nothing rolls
/// back: the upgrade holds, refuses the abort, and goes on once the cause is gone. All on one
/// cluster of real workers, under one load that loses nothing.
class RollbackIT {
  /// What an upgrade does before it can no longer be undone.
  private static final List<String> UNDOABLE =
      KillPlan.PHASES.subList(0, KillPlan.PHASES.indexOf("migrate-finish"));

  @TempDir Path folder;

  /// The first leaves a schema that is half-way up; the second has everything to undo.
  @Test
  @Tag("deep")
  void an_abort_brings_blue_back_through_the_built_in_router() throws Exception {
    try (LiveCluster live = LiveCluster.start(folder, true)) {
      live.aborted(new Abort.InPhase("start-green"));
      live.aborted(new Abort.InPhase("stop-blue"));
      live.nothingWasLost();
    }
  }

  @Test
  @Tag("deep")
  void an_abort_in_any_phase_brings_blue_back_until_the_point_of_no_return() throws Exception {
    Machine.wants("haproxy");
    try (LiveCluster live = LiveCluster.start(folder, false)) {
      for (String phase : UNDOABLE) {
        live.aborted(new Abort.Before(phase));
        live.aborted(new Abort.InPhase(phase));
      }
      live.aborted(new Abort.Before("migrate-finish"));
      live.holdsAfterThePointOfNoReturn();
    }
  }

  /// When somebody says abort.
  sealed interface Abort {
    String phase();

    /// At the gate before it, so that what came before is done and it has not begun.
    record Before(String phase) implements Abort {}

    /// Once it is commanded.
    record InPhase(String phase) implements Abort {}
  }
}
