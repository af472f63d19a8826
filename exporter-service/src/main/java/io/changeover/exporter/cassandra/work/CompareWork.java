package io.changeover.exporter.cassandra.work;

import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.compare.Comparison;
import io.changeover.exporter.cassandra.compare.Difference;
import io.changeover.exporter.cassandra.compare.Late;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseContext;
import io.changeover.worker.PhaseWork;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The phase `compare`: both keyspaces are read whole and hold the same, or the phase fails with
/// what differs.
@Singleton
public final class CompareWork implements PhaseWork {

  /// How far the clocks of Kong's nodes may be apart: what green's writes next must not look as if
  /// it had been copied.
  private static final Duration SKEW = Duration.ofSeconds(2);

  @Override
  public Set<String> actions() {
    return Set.of(Actions.COMPARE);
  }

  @Override
  public Outcome run(PhaseContext context) throws InterruptedException {
    return KeyspacePhase.run(
        context,
        "Comparison",
        (job, checkpoint, about) -> compare(context, job, checkpoint, about));
  }

  private static Outcome compare(
      PhaseContext context, CopyJob job, Checkpoint checkpoint, String about)
      throws InterruptedException, IOException {
    long before = KeyspacePhase.micros(context.clock().instant().minus(SKEW));
    PhaseWatch watch =
        new PhaseWatch(context, rows -> Map.of(Facts.COMPARE_ROWS, Long.toString(rows)));
    if (KongYmlComparison.applies(context)) {
      return KongYmlComparison.run(context, job, checkpoint, watch, about, before);
    }
    Comparison.Result result =
        new Comparison(job, watch, Late.since(checkpoint.followedMicros())).run();
    Map<String, String> facts = facts(result);
    if (result.equal()) {
      checkpoint.equal(before);
      return Outcome.done(facts);
    }
    return Outcome.fatal(
            "%s: the keyspaces differ in %s: %s".formatted(about, result.counts(), diff(result)),
            "the same rows on both sides",
            "find out who wrote to either side since the copy, then retry from the phase copy")
        .withFacts(facts);
  }

  static Map<String, String> facts(Comparison.Result result) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(Facts.COMPARE_EQUAL, Boolean.toString(result.equal()));
    facts.put(Facts.COMPARE_COVERAGE, result.coverage().toPlainString());
    facts.put(Facts.COMPARE_ROWS, Long.toString(result.rows()));
    facts.put(Facts.COMPARE_LATE, Long.toString(result.late()));
    facts.put(Facts.COMPARE_FINDINGS, result.findings().text());
    facts.put(Facts.DIGEST_CONFIG, result.config().whole());
    facts.put(Facts.DIGEST_TABLES, result.config().byTable());
    if (!result.differences().isEmpty()) {
      facts.put(Facts.COMPARE_DIFF, diff(result));
    }
    return facts;
  }

  static String diff(Comparison.Result result) {
    return result.differences().isEmpty()
        ? "digests of " + String.join(", ", result.unequal())
        : result.differences().stream().map(Difference::toString).collect(Collectors.joining("; "));
  }
}
