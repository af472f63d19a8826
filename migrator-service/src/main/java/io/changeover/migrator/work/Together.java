package io.changeover.migrator.work;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks several things at the same time, each on a virtual thread. Closing it waits for all.
final class Together implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  <T> Future<T> ask(Callable<T> question) {
    return threads.submit(question);
  }

  /// The answer; what the question threw is thrown here.
  static <T> T answer(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException("a question threw", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
