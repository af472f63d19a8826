package io.changeover.planner.shell;

import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.LedgerUnavailableException;
import io.changeover.planner.port.SendFailedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the same work again and again on a thread of its own: at once when there may be more, when
/// somebody rings, else once per tick. What the world does wrong is logged and tried again.
final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final Duration BACKOFF = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(20);

  private final Semaphore bell = new Semaphore(0);
  private final Duration tick;
  private final BooleanSupplier work;
  private final Thread thread;
  private volatile boolean open = true;

  /// @param work returns whether there may be more to do at once
  /// @param fatal told of what must not happen; the ticker has ended then
  Ticker(String name, Duration tick, BooleanSupplier work, Consumer<Throwable> fatal) {
    this.tick = tick;
    this.work = work;
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .uncaughtExceptionHandler((_, failure) -> fatal.accept(failure))
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There is something to do.
  void ring() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  private void run() {
    try {
      while (open) {
        await(once());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} was told to end", thread.getName());
    }
  }

  private Duration once() {
    try {
      return work.getAsBoolean() ? Duration.ZERO : tick;
    } catch (LedgerUnavailableException | LedgerConflictException | SendFailedException e) {
      if (open) {
        LOG.warn("{} tries again: {}", thread.getName(), e.getMessage());
      }
    } catch (RuntimeException e) {
      LOG.error("{} met what it should not, and tries again", thread.getName(), e);
    }
    return BACKOFF;
  }

  private void await(Duration pause) throws InterruptedException {
    if (pause.isPositive() && bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
  }

  /// Ends after the work at hand.
  @Override
  public void close() {
    open = false;
    bell.release();
    try {
      if (!thread.join(END)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
