package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Statements without retries, so many at a time and nothing else: the floor's write path.
final class InFlight {

  private final CqlSession session;
  private final int most;
  private final Semaphore permits;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  InFlight(CqlSession session, int most) {
    this.session = session;
    this.most = most;
    this.permits = new Semaphore(most);
  }

  void send(Statement<?> statement) throws InterruptedException {
    permits.acquire();
    session
        .executeAsync(statement)
        .whenComplete(
            (_, error) -> {
              permits.release();
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /// Waits for every answer.
  void await() throws InterruptedException {
    permits.acquire(most);
    Throwable error = failure.get();
    if (error != null) {
      throw new IllegalStateException("Expected every write to be taken, but one was not", error);
    }
  }
}
