package io.changeover.worker;

import io.changeover.inventory.Cluster;
import io.changeover.messages.PhaseCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One accepted command, from acceptance to its last report.
final class Attempt implements PhaseContext {

  private final Accepted accepted;
  private final Cluster cluster;

  /// Of the cluster as the inventory described it when the command was accepted.
  private final Redaction redaction;

  private final AttemptReports reports;
  private final Clock clock;
  private final AtomicReference<@Nullable Cancellation> cancellation = new AtomicReference<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  Attempt(Accepted accepted, Cluster cluster, AttemptReports reports, Clock clock) {
    this.accepted = accepted;
    this.cluster = cluster;
    this.redaction = Redaction.of(cluster);
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public PhaseCommand command() {
    return accepted.command();
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public void progress(Map<String, String> facts) {
    reports.progress(redaction.facts(facts));
  }

  @Override
  public boolean cancelled() {
    return cancellation.get() != null;
  }

  @Override
  public Instant deadline() {
    return command().getDeadline();
  }

  @Override
  public void ensureCurrent() {
    cancellation()
        .ifPresent(
            cause -> {
              throw new SupersededException(describe() + " was cancelled: " + cause.words);
            });
    if (expired()) {
      throw new SupersededException(
          describe()
              + " must not begin another effect: its deadline "
              + deadline()
              + " has passed");
    }
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public boolean pause(Duration duration) throws InterruptedException {
    return !cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  AttemptReports reports() {
    return reports;
  }

  Optional<Cancellation> cancellation() {
    return Optional.ofNullable(cancellation.get());
  }

  boolean expired() {
    return clock.instant().isAfter(deadline());
  }

  TopicPartition partition() {
    return accepted.partition();
  }

  void cancel(Cancellation cause) {
    cancellation.compareAndSet(null, cause);
    cancelled.countDown();
  }

  void end() {
    ended.countDown();
  }

  boolean awaitEnd(Duration most) throws InterruptedException {
    return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Upgrade, cluster, phase and attempt, for messages.
  String describe() {
    PhaseCommand command = command();
    return "Phase %s of upgrade %s on cluster %s, attempt %d"
        .formatted(
            command.getPhase(), command.getUpgrade(), command.getCluster(), command.getAttempt());
  }
}
