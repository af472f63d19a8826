package io.changeover.exporter.cassandra.copy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many writes, and how many of their bytes, may wait for answers. Halves when the target says
/// that it is overloaded, and grows back by one for each round of answers.
final class AdaptiveLimit {

  /// At once, whatever their number: 1 MB certificate chains shall not fill the heap.
  private static final long BYTES = 16L * 1024 * 1024;

  /// Overloads within one such time are one.
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final int most;
  private int limit;
  private int answered;
  private int waiting;
  private long bytes;
  private long lastCut;

  AdaptiveLimit(int most) {
    this.most = most;
    this.limit = most;
    this.lastCut = System.nanoTime() - SETTLE_NANOS;
  }

  /// Waits until one more may go; one always may.
  void acquire(long size) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting > 0 && (waiting >= limit || bytes + size > BYTES)) {
        freed.await();
      }
      waiting++;
      bytes += size;
    } finally {
      lock.unlock();
    }
  }

  /// One is answered, well or badly.
  void release(long size) {
    lock.lock();
    try {
      waiting--;
      bytes -= size;
      answered++;
      if (answered >= limit) {
        answered = 0;
        limit = Math.min(most, limit + 1);
      }
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The target could not keep up.
  void overloaded() {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (now - lastCut >= SETTLE_NANOS) {
        lastCut = now;
        limit = Math.max(1, limit / 2);
        answered = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many may wait now.
  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }
}
