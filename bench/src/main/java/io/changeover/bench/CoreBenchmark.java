package io.changeover.bench;

import io.changeover.messages.StartUpgrade;
import io.changeover.planner.core.UpgradeDecider;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the pure core costs per input: a COMPLETED report that brings the next command.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmark {
  static {
    // Avro makes instances only of classes that it was told to trust; loading this tells it.
    Objects.requireNonNull(Messages.ALL);
  }

  private final UpgradeDecider decider = new UpgradeDecider();
  private UpgradeState state = decider.initial();
  private UpgradeInput report = new UpgradeInput.TimerFired("none", Instant.EPOCH, 0);
  private List<UpgradeEvent> events = List.of();

  /// An upgrade whose preflight runs, and the report that ends it.
  @Setup
  public void prepare() {
    var sample = Sample.preflightReported();
    state = sample.state();
    report = sample.report();
    events = decider.decide(state, report);
  }

  /// The decision alone.
  @Benchmark
  public List<UpgradeEvent> decide() {
    return decider.decide(state, report);
  }

  /// The fold alone.
  @Benchmark
  public UpgradeState evolve() {
    return decider.fold(state, events);
  }

  /// A sample of the core at work.
  record Sample(UpgradeState state, UpgradeInput report, StartUpgrade request) {
    static Sample preflightReported() {
      var decider = new UpgradeDecider();
      var id = new UpgradeId("upgrade-1");
      var at = Instant.parse("2026-11-25T03:00:00Z");
      var request =
          StartUpgrade.newBuilder()
              .setId("upgrade-1")
              .setCluster("cluster-1")
              .setToVersion("2.2.2")
              .setBy("bench")
              .build();
      var start =
          JournalCodec.input(
              JournalCodec.REQUEST,
              "upgrade-1",
              at,
              1,
              request,
              BenchClusters.view("cluster-1"),
              id);
      var queued = decider.fold(decider.initial(), decider.decide(decider.initial(), start));
      var admitted = JournalCodec.input(JournalCodec.ADMISSION, "admission", at, 2, null, null, id);
      var running = decider.fold(queued, decider.decide(queued, admitted));
      var report =
          JournalCodec.input(
              JournalCodec.REPORT,
              "report",
              at.plusSeconds(1),
              3,
              CodecBenchmark.preflightCompleted(),
              null,
              id);
      return new Sample(running, report, request);
    }
  }
}
