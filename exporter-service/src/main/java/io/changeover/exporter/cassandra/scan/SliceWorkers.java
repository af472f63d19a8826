package io.changeover.exporter.cassandra.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Works on several slices, or files of them, at a time.
public final class SliceWorkers<T> {

  /// What is done with one slice.
  @FunctionalInterface
  public interface Task<T> {
    void run(T slice) throws InterruptedException, IOException;
  }

  private final Queue<T> queue;
  private final Task<T> task;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private SliceWorkers(List<T> slices, Task<T> task) {
    this.queue = new ConcurrentLinkedQueue<>(slices);
    this.task = task;
  }

  /// Returns when all slices are done; the first failure ends the others.
  ///
  /// @param workers how many at a time
  public static <T> void run(int workers, List<T> slices, Task<T> task)
      throws InterruptedException, IOException {
    new SliceWorkers<>(slices, task).run(Math.min(workers, slices.size()));
  }

  private void run(int workers) throws InterruptedException, IOException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      threads.add(Thread.ofVirtual().name("slice-", i).start(this::work));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    rethrow();
  }

  @SuppressWarnings("CatchingUnchecked")
  private void work() {
    try {
      for (T slice = queue.poll(); slice != null && failure.get() == null; slice = queue.poll()) {
        task.run(slice);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private void rethrow() throws InterruptedException, IOException {
    switch (failure.get()) {
      case null -> {}
      case InterruptedException e -> throw e;
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
