package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// How fast the exporter-service copies, scans and compares, against the floor: the bare driver
/// with the same rows in the same run. Cassandra is a process of its own.
public final class ExportBench {
  public static final String USAGE =
      "Usage: bench export [--rows N] [--in-flight N] [--rounds N] [--report FILE] [--tried true]";

  private static final int WARM_UP = 40_000;

  private ExportBench() {}

  /// One pair of rates, in rows per second.
  record Rates(double ours, double floor) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"rowsPerSecond\":%.0f,\"floorPerSecond\":%.0f,\"ratio\":%.3f}",
          ours,
          floor,
          ours / floor);
    }
  }

  /// What was measured.
  ///
  /// @param copy as `dump`, which is export and import together, against the bare scan and insert
  /// @param scan of one side; with write times and times to live, as the copy reads, in `timed`
  /// @param export against the bare scan
  /// @param imported against the bare scan and insert
  /// @param compare rows of one side a second; the floor scans both sides
  record Result(
      long rows,
      Rates copy,
      Rates scan,
      Rates timed,
      Rates compare,
      Rates dump,
      Rates export,
      Rates imported,
      boolean equal,
      long peakHeapMb) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"rows\":%d,\"copy\":%s,\"scan\":%s,\"scanWithTimes\":%s,\"compare\":%s,"
              + "\"dump\":%s,\"export\":%s,\"import\":%s,\"equal\":%b,\"peakHeapMb\":%d}%n",
          rows,
          copy.json(),
          scan.json(),
          timed.json(),
          compare.json(),
          dump.json(),
          export.json(),
          imported.json(),
          equal,
          peakHeapMb);
    }
  }

  /// Measures once and writes the report.
  ///
  /// @param args see [#USAGE]
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = options(args);
    System.setProperty("logback.configurationFile", "bench-logback.xml");
    if (Boolean.parseBoolean(options.get("--tried"))) {
      tried(
          Integer.parseInt(options.getOrDefault("--rows", "200000")),
          Integer.parseInt(options.getOrDefault("--in-flight", "256")));
      System.exit(0);
    }
    Result result =
        measure(
            Integer.parseInt(options.getOrDefault("--rows", "200000")),
            Integer.parseInt(options.getOrDefault("--in-flight", "256")),
            Integer.parseInt(options.getOrDefault("--rounds", "3")));
    System.out.print(result.json());
    if (options.containsKey("--report")) {
      Files.writeString(Path.of(options.get("--report")), result.json());
    }
    System.exit(0);
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    List<String> known = List.of("--rows", "--in-flight", "--rounds", "--report", "--tried");
    for (int i = 0; i < args.length; i += 2) {
      if (!known.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(USAGE);
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  static Result measure(int rows, int inFlight, int rounds)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("changeover-bench-export");
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.startToMeasure(folder.resolve("data"));
        CqlSession session = cassandra.connect()) {
      progress("warming up");
      new ExportRun(cassandra, session, folder.resolve("warm"), "warm", inFlight, 1)
          .run(Math.min(rows, WARM_UP));
      return new ExportRun(cassandra, session, folder.resolve("run"), "run", inFlight, rounds)
          .run(rows);
    } finally {
      delete(folder);
    }
  }

  /// Prints how fast the bare driver writes in ways that the exporter-service does not go.
  private static void tried(int rows, int inFlight) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("changeover-bench-export");
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.startToMeasure(folder.resolve("data"));
        CqlSession session = cassandra.connect()) {
      progress("warming up");
      Map<String, Double> _ =
          new ExportRun(cassandra, session, folder, "warm", inFlight, 1)
              .tried(Math.min(rows, WARM_UP));
      progress("measuring");
      new ExportRun(cassandra, session, folder, "run", inFlight, 1)
          .tried(rows)
          .forEach((what, rate) -> System.out.printf("%s: %.0f rows/s%n", what, rate));
    } finally {
      delete(folder);
    }
  }

  static void progress(String what) {
    System.err.println(what);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
