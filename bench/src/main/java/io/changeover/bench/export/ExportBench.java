package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
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
  public static final String USAGE = "Usage: bench export [--rows N] [--report FILE]";

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
  /// @param scan of one side; with write times and times to live, as the copy reads, in `timed`
  /// @param compare rows of one side a second; the floor scans both sides
  record Result(
      long rows,
      Rates copy,
      Rates scan,
      Rates timed,
      Rates compare,
      boolean equal,
      long peakHeapMb) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"rows\":%d,\"copy\":%s,\"scan\":%s,\"scanWithTimes\":%s,\"compare\":%s,\"equal\":%b,\"peakHeapMb\":%d}%n",
          rows,
          copy.json(),
          scan.json(),
          timed.json(),
          compare.json(),
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
    Result result = measure(Integer.parseInt(options.getOrDefault("--rows", "200000")));
    System.out.print(result.json());
    if (options.containsKey("--report")) {
      Files.writeString(Path.of(options.get("--report")), result.json());
    }
    System.exit(0);
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    List<String> known = List.of("--rows", "--report");
    for (int i = 0; i < args.length; i += 2) {
      if (!known.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(USAGE);
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  static Result measure(int rows) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("changeover-bench-export");
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(folder.resolve("data"));
        CqlSession session = cassandra.connect()) {
      progress("warming up");
      run(cassandra, session, folder.resolve("warm"), "warm", Math.min(rows, WARM_UP));
      resetPeak();
      return run(cassandra, session, folder.resolve("run"), "run", rows);
    } finally {
      delete(folder);
    }
  }

  private static Result run(
      EmbeddedCassandra cassandra, CqlSession session, Path folder, String name, int rows)
      throws IOException, InterruptedException {
    String source = name + "_source";
    String floor = name + "_floor";
    String target = name + "_target";
    for (String keyspace : List.of(source, floor, target)) {
      KongTables.create(session, keyspace);
    }
    KongTables.fill(session, source, rows);
    progress("filled");
    try (Engine engine = Engine.open(cassandra.port(), source, target, folder)) {
      double bareCopy = rate(() -> BareDriver.copy(session, source, floor));
      progress("floor copied");
      double copy = rate(engine::copy);
      progress("copied");
      double bareScan = rate(() -> BareDriver.scan(session, source));
      double scan = rate(() -> engine.scan(false));
      double timed = rate(() -> engine.scan(true));
      double bareBoth =
          rate(
              () -> {
                BareDriver.scan(session, target);
                return BareDriver.scan(session, source);
              });
      double compare = rate(engine::compare);
      progress("compared");
      return new Result(
          engine.rows(),
          new Rates(copy, bareCopy),
          new Rates(scan, bareScan),
          new Rates(timed, bareScan),
          new Rates(compare, bareBoth),
          engine.equal(),
          peakHeapMb());
    }
  }

  @FunctionalInterface
  private interface Work {
    long rows() throws IOException, InterruptedException;
  }

  private static double rate(Work work) throws IOException, InterruptedException {
    long from = System.nanoTime();
    long rows = work.rows();
    return rows * 1e9 / (System.nanoTime() - from);
  }

  private static void progress(String what) {
    System.err.println(what);
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static void resetPeak() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeapMb() {
    return heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
