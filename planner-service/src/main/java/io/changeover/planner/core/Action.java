package io.changeover.planner.core;

import java.time.Duration;
import java.util.Optional;

/// What a phase does. The word is the one in commands; the deadline is what one attempt gets where
/// the inventory says nothing, on top of the time that the phase has to last by its own settings.
public enum Action {
  PREFLIGHT("preflight", Worker.MIGRATOR, Duration.ofMinutes(10)),
  PREFLIGHT_ROUTER("preflight-router", Worker.TRAFFIC, Duration.ofMinutes(2)),
  BACKUP("backup", Worker.EXPORTER, Duration.ofHours(4)),
  FENCE_ADMIN("fence-admin", Worker.TRAFFIC, Duration.ofMinutes(2)),
  FREEZE_ADMIN("freeze-admin", Worker.TRAFFIC, Duration.ofMinutes(2)),
  MIGRATE_UP("migrate-up", Worker.MIGRATOR, Duration.ofHours(1)),
  BOOTSTRAP("bootstrap", Worker.MIGRATOR, Duration.ofHours(1)),
  PARSE_CONFIG("parse-config", Worker.MIGRATOR, Duration.ofMinutes(5)),
  COPY("copy", Worker.EXPORTER, Duration.ofHours(12)),
  EXPORT("export", Worker.EXPORTER, Duration.ofHours(12)),
  TRANSFER("transfer", Worker.EXPORTER, Duration.ofHours(4)),
  IMPORT("import", Worker.EXPORTER, Duration.ofHours(12)),
  COMPARE("compare", Worker.EXPORTER, Duration.ofHours(4)),
  START_NODES("start-nodes", Worker.MIGRATOR, Duration.ofMinutes(15)),
  SHIFT("shift", Worker.TRAFFIC, Duration.ofMinutes(15)),
  SOAK("soak", Worker.TRAFFIC, Duration.ofMinutes(15)),
  DRAIN("drain", Worker.TRAFFIC, Duration.ofMinutes(15)),
  DELTA("delta", Worker.EXPORTER, Duration.ofHours(2)),
  STOP_NODES("stop-nodes", Worker.MIGRATOR, Duration.ofMinutes(15)),
  MIGRATE_FINISH("migrate-finish", Worker.MIGRATOR, Duration.ofHours(1)),
  OPEN_ADMIN("open-admin", Worker.TRAFFIC, Duration.ofMinutes(2)),
  VERIFY("verify", Worker.MIGRATOR, Duration.ofMinutes(10)),
  RESTORE_TRAFFIC("restore-traffic", Worker.TRAFFIC, Duration.ofMinutes(5)),
  VERIFY_ROLLBACK("verify-rollback", Worker.MIGRATOR, Duration.ofMinutes(10)),
  RUNBOOK("runbook", Worker.RUNBOOK, Duration.ofHours(1));

  private final String word;
  private final Worker worker;
  private final Duration deadline;

  Action(String word, Worker worker, Duration deadline) {
    this.word = word;
    this.worker = worker;
    this.deadline = deadline;
  }

  /// The action as it stands in commands and in the inventory's `deadlines`.
  public String word() {
    return word;
  }

  /// Who does it, unless the inventory names a runbook for it.
  public Worker worker() {
    return worker;
  }

  /// How long one attempt may take by default.
  public Duration deadline() {
    return deadline;
  }

  /// The action of that word.
  public static Optional<Action> of(String word) {
    for (Action action : values()) {
      if (action.word.equals(word)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
