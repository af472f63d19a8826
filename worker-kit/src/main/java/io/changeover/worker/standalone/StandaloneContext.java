package io.changeover.worker.standalone;

import io.changeover.inventory.Cluster;
import io.changeover.messages.PhaseCommand;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.SupersededException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/// What a work knows where nobody waits for its heartbeats. It is for works that only look: the
/// first that asks for leave to act is a fault of ours.
final class StandaloneContext implements PhaseContext {

  private final PhaseCommand command;
  private final Cluster cluster;
  private volatile boolean cancelled;

  StandaloneContext(PhaseCommand command, Cluster cluster) {
    this.command = command;
    this.cluster = cluster;
  }

  void cancel() {
    cancelled = true;
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
  public void progress(Map<String, String> facts) {}

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public Instant deadline() {
    return command.getDeadline();
  }

  @Override
  public void ensureCurrent() throws SupersededException {
    throw new SupersededException(
        cancelled
            ? "The look at cluster " + cluster.name() + " was given up"
            : "A look at cluster " + cluster.name() + " wanted to act, which no look may");
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }
}
