package io.changeover.bench;

import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Messages;
import io.changeover.schemas.UndecodableException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
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

/// What a message and a stored state cost to encode and to decode.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  static {
    // Avro makes instances only of classes that it was told to trust; loading this tells it.
    Objects.requireNonNull(Messages.ALL);
  }

  private PhaseReport report = preflightCompleted();
  private byte[] encodedReport = {};
  private UpgradeState state = CoreBenchmark.Sample.preflightReported().state();
  private byte[] encodedState = {};

  static PhaseReport preflightCompleted() {
    return PhaseReport.newBuilder()
        .setId("upgrade-1/preflight/1/COMPLETED/1")
        .setUpgrade("upgrade-1")
        .setCluster("cluster-1")
        .setPhase("preflight")
        .setAttempt(1)
        .setWorker("bench")
        .setKind(ReportKind.COMPLETED)
        .setAt(Instant.parse("2026-11-25T03:00:01Z"))
        .setFacts(Map.of(Facts.SCHEMA_STATE, "executed"))
        .build();
  }

  /// A report and a state, both ways.
  @Setup
  public void prepare() {
    report = preflightCompleted();
    encodedReport = Codec.encode(report);
    state = CoreBenchmark.Sample.preflightReported().state();
    encodedState = JournalCodec.snapshot(state);
  }

  /// A report to bytes.
  @Benchmark
  public byte[] encodeReport() {
    return Codec.encode(report);
  }

  /// A report from bytes.
  @Benchmark
  public SpecificRecord decodeReport() throws UndecodableException {
    return Codec.decode(encodedReport);
  }

  /// A state to bytes.
  @Benchmark
  public byte[] encodeState() {
    return JournalCodec.snapshot(state);
  }

  /// A state from bytes.
  @Benchmark
  public UpgradeState decodeState() {
    return JournalCodec.state(encodedState);
  }
}
