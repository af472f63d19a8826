package io.changeover.exporter.cassandra.copy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The writes of one slice that have no answer yet.
public final class Writes {

  /// Behind every retry of one write.
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private int open;
  private @Nullable Throwable failure;

  synchronized void begin() {
    open++;
  }

  synchronized void end() {
    open--;
    notifyAll();
  }

  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /// Whether one has failed, so that no other needs to go out.
  public synchronized boolean failed() {
    return failure != null;
  }

  /// Waits for all of them.
  ///
  /// @throws WriteFailedException when one was not taken
  public synchronized void await() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (open > 0) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException(
            "Expected an answer to every write within 5 minutes, but %d have none".formatted(open));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    check();
  }

  /// Throws what one of them failed with.
  public synchronized void check() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
