package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.CopyPolicy;
import io.changeover.messages.PhaseCommand;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.SupersededException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// What the phases between two keyspaces have in common: both sides open, looked at, and every
/// failure an outcome.
final class KeyspacePhase {

  /// What one phase does, once both sides are open and nothing speaks against it.
  @FunctionalInterface
  interface Work {
    Outcome run(CopyJob job, Checkpoint checkpoint, String about)
        throws InterruptedException, IOException;
  }

  private final PhaseContext context;
  private final String about;

  private KeyspacePhase(PhaseContext context, String name) {
    PhaseCommand command = context.command();
    this.context = context;
    this.about =
        "%s of cluster %s for upgrade %s, attempt %d"
            .formatted(name, command.getCluster(), command.getUpgrade(), command.getAttempt());
  }

  /// Runs a phase.
  ///
  /// @param name of the phase, for reasons
  static Outcome run(PhaseContext context, String name, Work work) throws InterruptedException {
    return new KeyspacePhase(context, name).run(work);
  }

  /// The same for the phase of one way.
  static Outcome run(PhaseContext context, String name, CopyPolicy.Way way, Work work)
      throws InterruptedException {
    KeyspacePhase phase = new KeyspacePhase(context, name);
    if (context.cluster().datastore() instanceof CassandraDatastore cassandra) {
      Optional<Outcome.Failed> refusal = Ways.refusal(context, cassandra, phase.about, way);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return phase.run(work);
  }

  private Outcome run(Work work) throws InterruptedException {
    if (!(context.cluster().datastore() instanceof CassandraDatastore cassandra)
        || cassandra.green().isEmpty()) {
      return Outcome.fatal(
          about + ": the inventory names no two keyspaces",
          "`datastore: cassandra` with `green`",
          "correct the inventory, or start the upgrade by the procedure shared-datastore");
    }
    return guarded(cassandra.blue(), cassandra.green().get(), cassandra.copy(), work);
  }

  /// A failure that belongs to nobody is the kit's to report.
  private Outcome guarded(CassandraStore blue, CassandraStore green, CopyPolicy policy, Work work)
      throws InterruptedException {
    try (Keyspace source = Keyspace.open(blue);
        Keyspace target = Keyspace.open(green)) {
      return switch (Preflight.look(source, target, policy)) {
        case Preflight.Refused(var problems) -> CassandraFailures.of(problems, about);
        case Preflight.Ready(CopyJob job) -> work(job, work);
      };
    } catch (SupersededException e) {
      throw e;
    } catch (IOException e) {
      return CassandraFailures.of(e, about).orElseThrow();
    } catch (RuntimeException e) {
      Optional<Outcome.Failed> failed = CassandraFailures.of(e, about);
      if (failed.isPresent()) {
        return failed.get();
      }
      throw e;
    }
  }

  private Outcome work(CopyJob job, Work work) throws InterruptedException, IOException {
    try (Checkpoint checkpoint = checkpoint(context, job)) {
      return work.run(job, checkpoint, about);
    }
  }

  /// What this upgrade remembers of its two keyspaces.
  static Checkpoint checkpoint(PhaseContext context, CopyJob job) throws IOException {
    return Checkpoint.open(
        job.policy().folder(),
        context.cluster().name(),
        job.fingerprint() + " " + context.command().getUpgrade(),
        micros(context.clock().instant()));
  }

  /// A time as Cassandra counts.
  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
