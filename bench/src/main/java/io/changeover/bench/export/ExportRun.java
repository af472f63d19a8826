package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.bench.PeakHeap;
import io.changeover.bench.export.ExportBench.Rates;
import io.changeover.bench.export.ExportBench.Result;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One filled keyspace, and everything measured on it in turn. What writes is measured once, since
/// it needs an empty keyspace each time and takes long; reading is repeated, the floor and ours by
/// turns, and the medians are compared.
record ExportRun(
    EmbeddedCassandra cassandra,
    CqlSession session,
    Path folder,
    String name,
    int inFlight,
    int rounds) {

  Result run(int rows) throws IOException, InterruptedException {
    String source = name + "_source";
    String floor = name + "_floor";
    String target = name + "_target";
    String imported = name + "_imported";
    for (String keyspace : List.of(source, floor, target, imported)) {
      KongTables.create(session, keyspace);
    }
    KongTables.fill(session, source, rows);
    ExportBench.progress("filled");
    PeakHeap heap = PeakHeap.watch();
    try (Engine engine = open(source, target);
        Engine dump = open(source, imported)) {
      double bareCopy = rate(() -> BareDriver.copy(session, source, floor, inFlight));
      ExportBench.progress("floor copied");
      double copy = rate(engine::copy);
      ExportBench.progress("copied");
      double export = rate(dump::export);
      double importing = rate(dump::importDump);
      dump.compare();
      ExportBench.progress("dumped and imported");
      Reads reads = reads(engine, source, target);
      ExportBench.progress("scanned and compared");
      double both = 1 / (1 / export + 1 / importing);
      return new Result(
          engine.rows(),
          new Rates(copy, bareCopy),
          new Rates(reads.scan, reads.bareScan),
          new Rates(reads.timed, reads.bareScan),
          new Rates(reads.compare, reads.bareBoth),
          new Rates(both, bareCopy),
          new Rates(export, reads.bareScan),
          new Rates(importing, bareCopy),
          engine.equal() && dump.equal(),
          heap.megabytes());
    }
  }

  /// Ways to write that the exporter-service does not go: the bare driver's copy with more and
  /// fewer writes in flight than `inFlight`, and by batches, each into an empty keyspace. The plain
  /// one is measured first and last, so that a machine that slows down is seen.
  Map<String, Double> tried(int rows) throws IOException, InterruptedException {
    String source = name + "_source";
    KongTables.create(session, source);
    KongTables.fill(session, source, rows);
    Map<String, Double> rates = new LinkedHashMap<>();
    rates.put("plain", tried(source, "plain", inFlight, 1));
    rates.put("inFlight/4", tried(source, "less", inFlight / 4, 1));
    rates.put("inFlight*2", tried(source, "more", inFlight * 2, 1));
    rates.put("batches of 8", tried(source, "batch_8", inFlight / 8, 8));
    rates.put("batches of 32", tried(source, "batch_32", inFlight / 32, 32));
    rates.put("plain again", tried(source, "again", inFlight, 1));
    return rates;
  }

  private double tried(String source, String target, int flight, int batch)
      throws IOException, InterruptedException {
    KongTables.create(session, name + "_" + target);
    double rate = rate(() -> BareDriver.copy(session, source, name + "_" + target, flight, batch));
    ExportBench.progress("%s: %.0f rows/s".formatted(target, rate));
    session.execute("DROP KEYSPACE %s_%s".formatted(name, target));
    return rate;
  }

  private Engine open(String source, String target) {
    return Engine.open(cassandra.port(), source, target, folder.resolve(target), inFlight);
  }

  private record Reads(
      double bareScan, double scan, double timed, double bareBoth, double compare) {}

  private Reads reads(Engine engine, String source, String target)
      throws IOException, InterruptedException {
    double[] bareScan = new double[rounds];
    double[] scan = new double[rounds];
    double[] timed = new double[rounds];
    double[] bareBoth = new double[rounds];
    double[] compare = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      bareScan[round] = rate(() -> BareDriver.scan(session, source));
      scan[round] = rate(() -> engine.scan(false));
      timed[round] = rate(() -> engine.scan(true));
      bareBoth[round] =
          rate(
              () -> {
                BareDriver.scan(session, target);
                return BareDriver.scan(session, source);
              });
      compare[round] = rate(engine::compare);
    }
    return new Reads(
        median(bareScan), median(scan), median(timed), median(bareBoth), median(compare));
  }

  private static double median(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
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
}
