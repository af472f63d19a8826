package io.changeover.sandbox.kong;

import java.time.Duration;
import java.util.UUID;

/// Kong's cluster lock as it is: a row with an end of its own that nobody renews.
final class ClusterMutex {
  private static final String KEY = "migrations";
  private static final Duration FIRST_STEP = Duration.ofMillis(100);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(2);

  private final Store store;
  private final Duration ttl;
  private final Faults faults;
  private final String owner = UUID.randomUUID().toString();

  ClusterMutex(Store store, Duration ttl, Faults faults) {
    this.store = store;
    this.ttl = ttl;
    this.faults = faults;
  }

  /// Does the work if the lock is free now.
  ///
  /// @return whether it was done
  /// @throws KongException the work's, wrapped as Kong wraps it
  boolean tryRun(Runnable work) {
    if (!store.acquireLock(KEY, owner, ttl)) {
      return false;
    }
    locked(work, true);
    return true;
  }

  /// Like [#tryRun], but leaves the lock where it is when the work is done: it is gone with the
  /// tables.
  boolean tryRunWithoutRelease(Runnable work) {
    if (!store.acquireLock(KEY, owner, ttl)) {
      return false;
    }
    locked(work, false);
    return true;
  }

  /// Does the work if the lock is free now; else waits until the other is done and does nothing,
  /// for its work was done there.
  ///
  /// @throws KongException when the other still holds it after the lock's own time
  boolean runOrWait(Runnable work) {
    if (tryRun(work)) {
      return true;
    }
    Duration waited = Duration.ZERO;
    Duration step = FIRST_STEP;
    do {
      if (waited.compareTo(ttl) >= 0) {
        throw new KongException("[" + store.title() + " error] timeout");
      }
      sleep(step);
      waited = waited.plus(step);
      step = step.multipliedBy(3).compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step.multipliedBy(3);
    } while (store.lockHeld(KEY));
    return false;
  }

  private void locked(Runnable work, boolean release) {
    if (faults.has("lock-expires")) {
      store.releaseLock(KEY, owner);
    }
    sleep(faults.duration("hold-lock"));
    try {
      work.run();
    } catch (KongException e) {
      store.releaseLock(KEY, owner);
      throw new KongException(Lua.mutex(store, e.words()), e);
    }
    if (release) {
      store.releaseLock(KEY, owner);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KongException("interrupted", e);
    }
  }
}
