package io.changeover.planner.shell;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted, under `/prometheus`. Alarm on `changeover_quarantined_upgrades` and
/// `changeover_relay_held_lanes` above 0, and on `changeover_relay_lag_entries` that grows.
final class PlannerMetrics implements Observers.Observer {
  private static final String[] STAGES = {"held", "rollback-held", "held-committed"};

  private final MeterRegistry registry;
  private final Counter repeats;
  private final Counter rejected;
  private final Counter published;
  private final DistributionSummary batches;
  private final AtomicLong relayLag;
  private final AtomicLong heldLanes;
  private final AtomicLong quarantined;
  private final Map<String, AtomicLong> upgrades = new ConcurrentHashMap<>();

  PlannerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.repeats = registry.counter("changeover.repeats");
    this.rejected = registry.counter("changeover.rejected");
    this.published = registry.counter("changeover.relay.published");
    this.batches = registry.summary("changeover.batch.decisions");
    this.relayLag = registry.gauge("changeover.relay.lag.entries", new AtomicLong());
    this.heldLanes = registry.gauge("changeover.relay.held.lanes", new AtomicLong());
    this.quarantined = registry.gauge("changeover.quarantined.upgrades", new AtomicLong());
    for (String stage : STAGES) {
      gauge(stage);
    }
  }

  @Override
  public void saw(Outcome outcome) {
    batches.record(outcome.decisions().size());
    repeats.increment(outcome.repeats());
    rejected.increment(outcome.rejections().size());
    for (Decision decision : outcome.decisions()) {
      registry.counter("changeover.decisions", "input", decision.input()).increment();
      decision
          .refusals()
          .forEach(reason -> registry.counter("changeover.refusals", "reason", reason).increment());
    }
  }

  void published(int entries, int lanesHeld) {
    published.increment(entries);
    heldLanes.set(lanesHeld);
  }

  /// What was counted in the ledger.
  ///
  /// @param byStage upgrades that have not ended, by stage
  void measured(long lag, long setAside, Map<String, Long> byStage) {
    relayLag.set(lag);
    quarantined.set(setAside);
    upgrades.forEach((stage, value) -> value.set(byStage.getOrDefault(stage, 0L)));
    byStage.forEach((stage, count) -> gauge(stage).set(count));
  }

  private AtomicLong gauge(String stage) {
    return upgrades.computeIfAbsent(
        stage,
        name ->
            registry.gauge(
                "changeover.upgrades",
                io.micrometer.core.instrument.Tags.of("stage", name),
                new AtomicLong()));
  }
}
