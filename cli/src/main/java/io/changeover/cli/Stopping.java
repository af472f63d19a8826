package io.changeover.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/// The end of this process by a signal: Ctrl-C, or SIGTERM.
final class Stopping {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private Stopping() {}

  /// Runs `cleanUp` when the process is told to end, and when it ends by itself; it must bear both.
  static void onSignal(Runnable cleanUp) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  BEGUN.set(true);
                  cleanUp.run();
                },
                "stop"));
  }

  /// Whether the process is ending.
  static boolean begun() {
    return BEGUN.get();
  }
}
