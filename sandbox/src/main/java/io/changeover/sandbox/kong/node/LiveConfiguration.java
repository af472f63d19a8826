package io.changeover.sandbox.kong.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The configuration that requests are served with, and when it is read anew. While the database
/// can't be read, the last one goes on serving.
final class LiveConfiguration {

  private final Supplier<Configuration> reader;
  private final Executor oneAtATime;
  private final NodeLog log;
  private Configuration loaded;
  private volatile CompletableFuture<Configuration> current;
  private @Nullable CompletableFuture<Configuration> queued;
  private volatile boolean stale;

  /// Reads for the first time.
  ///
  /// @param oneAtATime runs one task after the other
  LiveConfiguration(Supplier<Configuration> reader, Executor oneAtATime, NodeLog log) {
    this.reader = reader;
    this.oneAtATime = oneAtATime;
    this.log = log;
    this.loaded = reader.get();
    this.current = CompletableFuture.completedFuture(loaded);
  }

  /// What to serve the next request with; not complete while a change that this node made itself is
  /// being read.
  CompletableFuture<Configuration> current() {
    return current;
  }

  /// This node changed the database: the next request must see it.
  synchronized void changedHere() {
    current = reload();
  }

  /// Another node changed the database.
  synchronized void changedElsewhere() {
    var _ = reload();
  }

  /// Tries again if the last reading failed.
  synchronized void catchUp() {
    if (stale) {
      var _ = reload();
    }
  }

  private CompletableFuture<Configuration> reload() {
    CompletableFuture<Configuration> next = queued;
    if (next == null) {
      next = new CompletableFuture<>();
      queued = next;
      oneAtATime.execute(this::read);
    }
    return next;
  }

  private void read() {
    CompletableFuture<Configuration> mine;
    synchronized (this) {
      mine = queued;
      queued = null;
    }
    if (mine == null) {
      return;
    }
    try {
      loaded = reader.get();
      stale = false;
    } catch (RuntimeException e) {
      stale = true;
      log.error("could not rebuild router and plugins: " + e.getMessage());
    }
    mine.complete(loaded);
    synchronized (this) {
      if (current.isDone()) {
        current = mine;
      }
    }
  }
}
