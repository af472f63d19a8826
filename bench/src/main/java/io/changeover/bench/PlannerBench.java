package io.changeover.bench;

import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// How many completions a second the planner decides, on real Kafka and PostgreSQL (fsync and
/// synchronous_commit on) with instant workers, against the floor: the same I/O without rules, in
/// the same run.
///
/// Kafka is a process of its own; planner and workers share this one, so that the peak heap is that
/// of both.
public final class PlannerBench {
  static final String USAGE =
      "Usage: bench planner [--upgrades N] [--threads N] [--report FILE] [--log FILE]";

  private PlannerBench() {}

  /// What was measured.
  ///
  /// @param ratio of completions to the floor
  record Result(
      int upgrades,
      int phases,
      int threads,
      double completionsPerSecond,
      double floorPerSecond,
      double ratio,
      long peakHeapMb) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"upgrades\":%d,\"phases\":%d,\"threads\":%d,\"completionsPerSecond\":%.0f,"
              + "\"floorPerSecond\":%.0f,\"ratio\":%.3f,\"peakHeapMb\":%d}%n",
          upgrades,
          phases,
          threads,
          completionsPerSecond,
          floorPerSecond,
          ratio,
          peakHeapMb);
    }
  }

  /// Measures once and writes the report.
  ///
  /// @param args see [#USAGE]
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = options(args);
    System.setProperty("logback.configurationFile", "bench-logback.xml");
    System.setProperty("changeover.bench.log", options.getOrDefault("--log", "/dev/null"));
    var result =
        measure(
            Integer.parseInt(options.getOrDefault("--upgrades", "10000")),
            Integer.parseInt(options.getOrDefault("--threads", "2")));
    System.out.print(result.json());
    if (options.containsKey("--report")) {
      Files.writeString(Path.of(options.get("--report")), result.json());
    }
    System.exit(0);
  }

  private static Map<String, String> options(String[] args) {
    var options = new HashMap<String, String>();
    var known = List.of("--upgrades", "--threads", "--report", "--log");
    for (int i = 0; i < args.length; i += 2) {
      if (!known.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(USAGE);
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  static Result measure(int upgrades, int threads) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("changeover-bench");
    try (var postgres = EmbeddedPostgresServer.start(dir, 0);
        var broker = Broker.start(dir)) {
      FloorRun.Sizes sizes = warmUp(postgres, broker, Math.clamp(upgrades / 2, 50, 5_000), threads);
      double floor;
      try (var bed = Bed.make(postgres, broker, "floor")) {
        floor = FloorRun.completionsPerSecond(bed, upgrades, threads, sizes);
      }
      PeakHeap heap = PeakHeap.watch();
      try (var bed = Bed.make(postgres, broker, "rules")) {
        double completions = RulesRun.completionsPerSecond(bed, upgrades, threads);
        return new Result(
            upgrades,
            BenchClusters.PHASES,
            threads,
            completions,
            floor,
            completions / floor,
            heap.megabytes());
      }
    } finally {
      delete(dir);
    }
  }

  /// Runs both once, so that both are compiled; tells the sizes that the rules made.
  private static FloorRun.Sizes warmUp(
      EmbeddedPostgresServer postgres, Broker broker, int upgrades, int threads)
      throws InterruptedException {
    FloorRun.Sizes sizes;
    try (var bed = Bed.make(postgres, broker, "warm_rules")) {
      RulesRun.completionsPerSecond(bed, upgrades, threads);
      sizes =
          new FloorRun.Sizes(
              average(bed, "avg(length(data)) / 2 FROM journal WHERE seq > 2"),
              average(bed, "avg(length(outbox)) FROM journal WHERE length(outbox) > 0"),
              average(bed, "avg(length(data)) FROM journal WHERE seq > 2"),
              average(bed, "avg(length(data)) FROM state"));
    }
    try (var bed = Bed.make(postgres, broker, "warm_floor")) {
      FloorRun.completionsPerSecond(bed, upgrades, threads, sizes);
    }
    return sizes;
  }

  private static int average(Bed bed, String what) {
    return (int) Progress.ask(bed.pool(), "SELECT (" + what.replace(" FROM", ")::bigint FROM"));
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
