package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.delta.DeltaPasses;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The phase `delta`: what blue has taken since the comparison is in green's keyspace too, and what
/// green has written itself is untouched.
@Singleton
public final class DeltaWork implements PhaseWork {

  /// How far the clocks of Kong's nodes may be behind this machine's: what they write a moment
  /// later must not look as if the pass had missed it.
  private static final long SKEW_MICROS = 2_000_000;

  @Override
  public Set<String> actions() {
    return Set.of(Actions.DELTA);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return KeyspacePhase.run(
        context,
        "Delta",
        (job, checkpoint, about) -> {
          if (KongYmlComparison.applies(context)) {
            return KongYmlDelta.run(context, job, checkpoint, about);
          }
          PhaseWatch watch = new PhaseWatch(context, _ -> Map.of());
          DeltaPasses.Result delta =
              new DeltaPasses(job, watch, WriteGate.Seam.NONE)
                  .run(() -> checkpoint.equalMicros().orElse(Long.MIN_VALUE));
          Map<String, String> facts = new TreeMap<>(facts(delta));
          facts.put(Facts.DIGEST_CONFIG, delta.config().whole());
          facts.put(Facts.DIGEST_TABLES, delta.config().byTable());
          return delta.caughtUp()
              ? Outcome.done(facts)
              : notCaughtUp(about, delta).withFacts(facts);
        });
  }

  /// Brings over what blue has taken while its rows were copied. What is only at the target is
  /// blue's, deleted since, as long as nobody else has written there.
  static DeltaPasses.Result afterCopy(
      PhaseContext context, CopyJob job, Checkpoint checkpoint, PhaseWatch watch)
      throws InterruptedException, IOException {
    DeltaPasses.Result delta =
        new DeltaPasses(job, watch, WriteGate.Seam.NONE)
            .run(
                () ->
                    checkpoint
                        .equalMicros()
                        .orElse(KeyspacePhase.micros(context.clock().instant())));
    if (delta.caughtUp()) {
      checkpoint.followed(delta.fromMicros() - SKEW_MICROS);
    }
    return delta;
  }

  static Map<String, String> facts(DeltaPasses.Result delta) {
    return Map.of(
        Facts.DELTA_ROWS, Long.toString(delta.rows()),
        Facts.DELTA_DELETED, Long.toString(delta.deleted()),
        Facts.DELTA_PASSES, Integer.toString(delta.passes()));
  }

  static Outcome.Failed notCaughtUp(String about, DeltaPasses.Result delta) {
    return Outcome.retryable(
        "%s: after %d passes blue still takes writes as fast as they are found"
            .formatted(about, delta.passes()),
        "a pass that finds nothing new",
        "lower the load on blue, or look what writes to it; then retry the phase");
  }
}
