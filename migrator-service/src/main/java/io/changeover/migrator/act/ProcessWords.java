package io.changeover.migrator.act;

import io.changeover.migrator.observe.NodeObservation.Liveness;
import io.changeover.worker.kong.CommandResult;

/// Reads `kong health`: `Kong is healthy at PREFIX` with exit 0, `Kong is not running at PREFIX` or
/// `no such prefix: PREFIX` with exit 1, as observed on Kong 2.1.4 and 2.2.2.
final class ProcessWords {

  private ProcessWords() {}

  static Liveness of(CommandResult health) {
    return switch (health.ending()) {
      case TIMED_OUT, CANCELLED, NOT_STARTED -> Liveness.UNCLEAR;
      case EXITED -> {
        if (health.exit() == 0 && health.says("Kong is healthy at")) {
          yield Liveness.RUNNING;
        }
        boolean gone = health.says("Kong is not running at") || health.says("no such prefix:");
        yield gone ? Liveness.NOT_RUNNING : Liveness.UNCLEAR;
      }
    };
  }
}
