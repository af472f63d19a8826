package io.changeover.exporter.cassandra.copy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.changeover.exporter.cassandra.scan.RateLimit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Where every write to the target goes through: not too many at a time, not too fast, again when
/// the target was overloaded.
public final class WriteGate {

  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final CqlSession session;
  private final AdaptiveLimit limit;
  private final RateLimit rate;
  private final Seam seam;

  /// Called before each write goes out; tests crash there.
  @FunctionalInterface
  public interface Seam {
    /// Nothing happens there.
    Seam NONE = _ -> {};

    /// Called with what comes.
    ///
    /// @param what which row of which table, or which record
    void before(String what);
  }

  public WriteGate(CqlSession session, int inFlight, RateLimit rate, Seam seam) {
    this.session = session;
    this.limit = new AdaptiveLimit(inFlight);
    this.rate = rate;
    this.seam = seam;
  }

  /// Sends a write as soon as it may go.
  ///
  /// @param writes who waits for its answer
  /// @throws WriteFailedException when an earlier one of them failed
  public void send(Write write, Writes writes) throws InterruptedException {
    writes.check();
    rate.take(1);
    seam.before(write.about());
    limit.acquire(write.bytes());
    writes.begin();
    attempt(write, writes, 1);
  }

  private void attempt(Write write, Writes writes, int number) {
    try {
      Optional<BoundStatement> statement = write.statement(System.currentTimeMillis());
      if (statement.isEmpty() || (number > 1 && writes.failed())) {
        end(write, writes);
      } else {
        execute(statement.get(), write, writes, number);
      }
    } catch (RuntimeException e) {
      failed(write, writes, ATTEMPTS, e);
    }
  }

  private void execute(BoundStatement statement, Write write, Writes writes, int number) {
    session
        .executeAsync(statement)
        .whenComplete(
            (_, failure) -> {
              if (failure == null) {
                end(write, writes);
              } else {
                failed(write, writes, number, failure);
              }
            });
  }

  private void failed(Write write, Writes writes, int number, Throwable failure) {
    Throwable cause =
        failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!Overload.mayPass(cause) || number >= ATTEMPTS) {
      writes.fail(new WriteFailedException(write.about(), write.bytes(), cause));
      end(write, writes);
      return;
    }
    limit.overloaded();
    long pause = FIRST_PAUSE_MILLIS << (number - 1);
    long jitter = ThreadLocalRandom.current().nextLong(pause);
    CompletableFuture.delayedExecutor(pause + jitter, TimeUnit.MILLISECONDS)
        .execute(() -> attempt(write, writes, number + 1));
  }

  private void end(Write write, Writes writes) {
    limit.release(write.bytes());
    writes.end();
  }
}
