package io.changeover.worker.testing;

import io.changeover.inventory.Cluster;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Messages;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.SupersededException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A context for tests: remembers the progress, and can be cancelled at a chosen moment.
public final class FakePhaseContext implements PhaseContext {

  static {
    // Avro makes instances only of classes that it was told to trust; loading this tells it.
    Objects.requireNonNull(Messages.ALL);
  }

  private final PhaseCommand command;
  private final Cluster cluster;
  private final Clock clock;
  private final List<Map<String, String>> progress = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;
  private volatile int effectsLeft = Integer.MAX_VALUE;
  private volatile boolean mortal;
  private volatile boolean dying;
  private volatile Consumer<Map<String, String>> onProgress = facts -> {};

  private FakePhaseContext(PhaseCommand command, Cluster cluster, Clock clock) {
    this.command = command;
    this.cluster = cluster;
    this.clock = clock;
  }

  /// A context with the system's clock.
  public static FakePhaseContext of(PhaseCommand command, Cluster cluster) {
    return new FakePhaseContext(command, cluster, Clock.systemUTC());
  }

  /// A context with a clock of the test's own.
  public static FakePhaseContext of(PhaseCommand command, Cluster cluster, Clock clock) {
    return new FakePhaseContext(command, cluster, clock);
  }

  /// A command for tests: attempt 1 of upgrade `upgrade-1`, phase named as the action, from 2.1.4
  /// to 2.2.2, an hour's deadline.
  public static PhaseCommand.Builder command(String cluster, String action) {
    Instant now = Instant.now();
    return PhaseCommand.newBuilder()
        .setId("upgrade-1/" + action + "/1")
        .setUpgrade("upgrade-1")
        .setCluster(cluster)
        .setPhase(action)
        .setAction(action)
        .setAttempt(1)
        .setOrder(1)
        .setFromVersion("2.1.4")
        .setToVersion("2.2.2")
        .setIssuedAt(now)
        .setDeadline(now.plusSeconds(3600))
        .setHeartbeatMillis(1000);
  }

  /// Cancels the work.
  public void cancel() {
    cancelled = true;
  }

  /// Lets this many effects happen, then cancels: a crash test at each seam counts up from 0.
  public FakePhaseContext cancelAfterEffects(int effects) {
    effectsLeft = effects;
    return this;
  }

  /// Lets this many effects happen, then nothing more: whatever the work asks of its context next
  /// ends in a [Death], which is no exception that work may handle. What runs afterwards is only
  /// what a `finally` does without the context.
  public FakePhaseContext dieAfterEffects(int effects) {
    effectsLeft = effects;
    mortal = true;
    return this;
  }

  /// The process is gone.
  public static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    private Death() {
      super("The test killed the worker");
    }
  }

  private void live() {
    if (dying) {
      throw new Death();
    }
  }

  /// Called with each progress.
  public FakePhaseContext onProgress(Consumer<Map<String, String>> listener) {
    onProgress = listener;
    return this;
  }

  /// Every progress so far.
  public List<Map<String, String>> progress() {
    return List.copyOf(progress);
  }

  @Override
  public PhaseCommand command() {
    return command;
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public void progress(Map<String, String> facts) {
    live();
    progress.add(Map.copyOf(facts));
    onProgress.accept(facts);
  }

  @Override
  public boolean cancelled() {
    live();
    return cancelled;
  }

  @Override
  public Instant deadline() {
    return command.getDeadline();
  }

  @Override
  public synchronized void ensureCurrent() {
    dying = dying || (mortal && effectsLeft == 0);
    live();
    if (effectsLeft == 0) {
      cancelled = true;
    }
    effectsLeft--;
    dying = mortal && effectsLeft == 0;
    if (cancelled) {
      throw new SupersededException("The test cancelled the work");
    }
    if (clock.instant().isAfter(deadline())) {
      throw new SupersededException("The deadline " + deadline() + " has passed");
    }
  }

  @Override
  public Clock clock() {
    live();
    return clock;
  }
}
