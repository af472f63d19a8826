package io.changeover.exporter.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.exporter.cassandra.copy.BaseCopy;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.CopyTally;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CassandraStore;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;

/// Both keyspaces, open, and what the tests do with them.
public final class Sides implements AutoCloseable {

  private final Keyspace source;
  private final Keyspace target;

  public Sides(CassandraStore source, CassandraStore target) {
    this.source = Keyspace.open(source);
    this.target = Keyspace.open(target);
  }

  public Preflight look(CopyPolicy policy) {
    return Preflight.look(source, target, policy);
  }

  public CopyJob job(CopyPolicy policy) {
    return ((Preflight.Ready) look(policy)).job();
  }

  public CopyTally copy(CopyPolicy policy) throws IOException, InterruptedException {
    return copy(policy, WriteGate.Seam.NONE);
  }

  public CopyTally copy(CopyPolicy policy, WriteGate.Seam seam)
      throws IOException, InterruptedException {
    CopyJob job = job(policy);
    assertThat(TargetRows.replaceDefaultWorkspace(job)).isEmpty();
    try (Checkpoint checkpoint =
        Checkpoint.open(
            policy.folder(), "c1", job.fingerprint(), System.currentTimeMillis() * 1000)) {
      return new BaseCopy(job, checkpoint, Watch.NONE, seam).run();
    }
  }

  public Comparison.Result compare(CopyPolicy policy) throws IOException, InterruptedException {
    return new Comparison(job(policy), Watch.NONE).run();
  }

  /// Passes that may delete what was written up to a time.
  public DeltaPasses.Result delta(CopyPolicy policy, long frontierMicros)
      throws IOException, InterruptedException {
    return new DeltaPasses(job(policy), Watch.NONE, WriteGate.Seam.NONE).run(() -> frontierMicros);
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
