package io.changeover.worker;

import io.changeover.inventory.Cluster;
import io.changeover.messages.PhaseCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs accepted commands: one at a time per upgrade, up to a limit at a time in all, each on a
/// virtual thread. A newer command of an upgrade cancels the one before it and begins when that has
/// ended, so that two never touch one cluster together.
final class CommandRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final int REMEMBERED_UPGRADES = 100_000;
  private static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(100);

  private final Map<String, PhaseWork> works;
  private final Inventories inventories;
  private final ReportSender sender;
  private final WorkerMetrics metrics;
  private final String worker;
  private final Clock clock;
  private final Semaphore permits;
  private final Duration grace;
  private final NewestOrders orders = new NewestOrders(REMEMBERED_UPGRADES);
  private final Map<String, Attempt> current = new HashMap<>();
  private boolean closed;

  CommandRunner(
      Map<String, PhaseWork> works,
      Inventories inventories,
      ReportSender sender,
      WorkerMetrics metrics,
      String worker,
      WorkerSettings settings,
      Clock clock) {
    this.works = works;
    this.inventories = inventories;
    this.sender = sender;
    this.metrics = metrics;
    this.worker = worker;
    this.permits = new Semaphore(settings.limit(), true);
    this.grace = settings.shutdownGrace();
    this.clock = clock;
  }

  /// Takes a command over, unless it is a repeat or a straggler. Returns at once.
  ///
  /// @return false when the worker shuts down and leaves the command to another
  boolean accept(Accepted accepted) {
    if (closing()) {
      return false;
    }
    PhaseCommand command = accepted.command();
    switch (orders.see(command)) {
      case OLDER -> metrics.dropped("older");
      case SAME -> repeated(command);
      case NEWER -> begin(accepted);
    }
    return true;
  }

  private synchronized boolean closing() {
    return closed;
  }

  /// A command that still runs is alive and says so; one that has ended has reported.
  private synchronized void repeated(PhaseCommand command) {
    metrics.dropped("repeat");
    Optional.ofNullable(current.get(command.getUpgrade()))
        .filter(attempt -> attempt.command().getId().equals(command.getId()))
        .ifPresent(attempt -> Thread.startVirtualThread(attempt.reports()::heartbeat));
  }

  private void begin(Accepted accepted) {
    PhaseCommand command = accepted.command();
    AttemptReports reports = new AttemptReports(accepted, worker, sender, clock);
    PhaseWork work = works.get(command.getAction());
    Optional<Cluster> cluster = inventories.cluster(command.getCluster());
    if (work == null) {
      refuse(command, reports, Failures.noSuchAction(command, worker, works.keySet()));
    } else if (cluster.isEmpty()) {
      refuse(command, reports, Failures.unknownCluster(command, inventories));
    } else {
      start(new Attempt(accepted, cluster.get(), reports, clock), work);
    }
  }

  private void refuse(PhaseCommand command, AttemptReports reports, Outcome outcome) {
    cancelCurrent(command.getUpgrade());
    Thread.startVirtualThread(
        () -> {
          reports.last(outcome);
          metrics.ended(command.getAction(), outcome, Duration.ZERO);
        });
  }

  private synchronized void cancelCurrent(String upgrade) {
    Optional.ofNullable(current.get(upgrade))
        .ifPresent(attempt -> attempt.cancel(Cancellation.SUPERSEDED));
  }

  private synchronized void start(Attempt attempt, PhaseWork work) {
    @Nullable Attempt before = current.put(attempt.command().getUpgrade(), attempt);
    if (before != null) {
      before.cancel(Cancellation.SUPERSEDED);
    }
    String name = "phase-" + attempt.command().getId();
    Thread.ofVirtual().name(name).start(() -> live(attempt, work, Optional.ofNullable(before)));
  }

  /// The whole life of an attempt.
  private void live(Attempt attempt, PhaseWork work, Optional<Attempt> before) {
    Instant from = clock.instant();
    Thread heart = Thread.ofVirtual().unstarted(() -> beat(attempt));
    try {
      attempt.reports().started();
      heart.start();
      if (before.isPresent()) {
        before.get().awaitEnd();
      }
      permits.acquire();
      try {
        finish(attempt, runIfWanted(attempt, work), from);
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      finish(attempt, Failures.threw(attempt, e), from);
      Thread.currentThread().interrupt();
    } finally {
      heart.interrupt();
      attempt.end();
      forget(attempt);
    }
  }

  private Outcome runIfWanted(Attempt attempt, PhaseWork work) {
    Optional<Cancellation> cancellation = attempt.cancellation();
    if (cancellation.isPresent()) {
      return Failures.cancelled(attempt, cancellation.get());
    }
    if (attempt.expired()) {
      return Failures.expired(attempt);
    }
    metrics.running(1);
    try {
      return run(attempt, work);
    } finally {
      metrics.running(-1);
    }
  }

  /// Whatever the work throws, an error of the machine included, is a failure of this attempt and
  /// of nothing else.
  @SuppressWarnings("CatchingUnchecked")
  private static Outcome run(Attempt attempt, PhaseWork work) {
    try {
      return work.run(attempt);
    } catch (SupersededException e) {
      return attempt
          .cancellation()
          .map(cause -> Failures.cancelled(attempt, cause))
          .orElseGet(() -> Failures.threw(attempt, e));
    } catch (Throwable e) {
      LOG.atWarn()
          .addKeyValue("upgrade", attempt.command().getUpgrade())
          .addKeyValue("cluster", attempt.command().getCluster())
          .addKeyValue("phase", attempt.command().getPhase())
          .addKeyValue("attempt", attempt.command().getAttempt())
          .log("Work threw {}", e.getClass().getName());
      return Failures.threw(attempt, e);
    }
  }

  private void finish(Attempt attempt, Outcome outcome, Instant from) {
    Outcome clean = Redaction.of(attempt.cluster()).outcome(outcome);
    attempt.reports().last(clean);
    metrics.ended(attempt.command().getAction(), clean, Duration.between(from, clock.instant()));
  }

  private void beat(Attempt attempt) {
    Duration interval =
        Duration.ofMillis(
            Math.max(attempt.command().getHeartbeatMillis(), SHORTEST_HEARTBEAT.toMillis()));
    try {
      while (true) {
        Thread.sleep(interval);
        attempt.reports().heartbeat();
      }
    } catch (InterruptedException e) {
      // The attempt has ended.
    }
  }

  private synchronized void forget(Attempt attempt) {
    current.remove(attempt.command().getUpgrade(), attempt);
  }

  /// Cancels what came from these partitions.
  void revoke(Collection<TopicPartition> partitions) {
    cancel(Cancellation.REVOKED, attempt -> partitions.contains(attempt.partition()));
  }

  /// Accepts nothing more, cancels everything, and waits for it to end and report. What does not
  /// end in time reports nothing: its silence is the truth, and the planner's timeout acts on it.
  @Override
  public void close() {
    List<Attempt> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(current.values());
    }
    cancel(Cancellation.SHUTDOWN, attempt -> true);
    Instant until = Instant.now().plus(grace);
    try {
      for (Attempt attempt : running) {
        Duration left = Duration.between(Instant.now(), until);
        if (!attempt.awaitEnd(left.isNegative() ? Duration.ZERO : left)) {
          attempt.reports().close();
          LOG.warn("{} did not end within {} of the shutdown", attempt.describe(), grace);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void cancel(Cancellation cause, Predicate<Attempt> which) {
    current.values().stream().filter(which).forEach(attempt -> attempt.cancel(cause));
  }
}
