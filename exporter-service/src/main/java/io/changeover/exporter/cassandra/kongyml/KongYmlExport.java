package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.RowCursor;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.Slice;
import io.changeover.exporter.cassandra.scan.SliceWorkers;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import io.changeover.exporter.kongyml.KongYmlFile;
import io.changeover.exporter.kongyml.KongYmlManifest;
import io.changeover.exporter.kongyml.KongYmlWriter;
import io.changeover.exporter.kongyml.Losses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writes `kong.yml` from the source, row by row: memory does not grow with the rows, but for 22
/// bytes of each id and unique value.
public final class KongYmlExport {

  /// Rows that end by themselves and are remembered by their ids.
  private static final int MOST_ENDING = 100_000;

  private final CopyJob job;
  private final UUID home;
  private final Watch watch;
  private final Losses losses = new Losses();
  private final FileRules rules = new FileRules();
  private final List<String> ending = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Map<String, DigestSum>> config = new TreeMap<>();
  private final AtomicLong rows = new AtomicLong();

  /// How it ended.
  public sealed interface Result {
    /// The file is there.
    record Complete(KongYmlFile file) implements Result {}

    /// The file could not be imported, so there is none.
    record Refused(List<Problem> problems) implements Result {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /// Prepares an export.
  ///
  /// @param home the id of the source's workspace `default`
  public KongYmlExport(CopyJob job, UUID home, Watch watch) {
    this.job = job;
    this.home = home;
    this.watch = watch;
  }

  /// Writes the file of a cluster into a folder.
  public Result run(String cluster, Path folder) throws InterruptedException, IOException {
    List<Carried> tables = Carried.of(job);
    List<Problem> unfit = tables.stream().flatMap(table -> table.problems().stream()).toList();
    if (!unfit.isEmpty()) {
      return new Result.Refused(unfit);
    }
    Movement movement = Movement.of(job);
    List<KongYmlWriter> writers = new ArrayList<>();
    KongYmlFile.Written written =
        KongYmlFile.write(
            folder,
            out -> {
              KongYmlWriter writer = new KongYmlWriter(out);
              writers.add(writer);
              for (Carried table : tables) {
                write(table, movement, writer);
              }
            });
    if (!rules.problems().isEmpty()) {
      return new Result.Refused(rules.problems());
    }
    lost(movement);
    digestTags();
    return new Result.Complete(
        KongYmlFile.complete(
            folder, manifest(cluster, written, writers.getFirst().counts(), movement)));
  }

  private void write(Carried table, Movement movement, KongYmlWriter writer)
      throws InterruptedException, IOException {
    each(
        table.table(),
        slice -> {
          ConfigDigest digest = new ConfigDigest(table.table());
          RowCursor cursor = scan(table.table()).read(slice);
          for (StoredRow row = cursor.next(); row != null; row = cursor.next()) {
            digest.add(row);
            if (movement.mayMove(table.table(), row)) {
              item(table, row, writer);
            }
          }
          add(table.table().name(), digest.sums());
        });
  }

  private void each(PlannedTable table, SliceWorkers.Task<Slice> task)
      throws InterruptedException, IOException {
    SliceWorkers.run(job.policy().ranges(), TableScan.slices(table.source(), job.source()), task);
  }

  private TableScan scan(PlannedTable table) {
    return job.scanSource(
        table, KongTables.mayExpire(table.name()) ? Selection.Times.TTL : Selection.Times.NONE);
  }

  private void item(Carried table, StoredRow row, KongYmlWriter writer) throws IOException {
    int ttl = ttl(table.table(), row);
    if (ttl > 0 && ttl <= job.policy().expiring().toSeconds()) {
      return;
    }
    Map<String, @Nullable Object> values = table.values(row, ttl);
    rules.look(table.entity(), values);
    writer.item(table.entity(), values);
    count(table, row, ttl);
    long done = rows.incrementAndGet();
    if (done % 64 == 0) {
      watch.ensureCurrent();
      watch.rows("export", done);
    }
  }

  private static int ttl(PlannedTable table, StoredRow row) {
    int longest = 0;
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      if (row.value(i) != null && row.ttl(i) == 0) {
        return 0;
      }
      longest = Math.max(longest, row.ttl(i));
    }
    return longest;
  }

  private void count(Carried table, StoredRow row, int ttl) {
    if (ttl > 0) {
      losses.add(Losses.Kind.PERMANENT, 1);
      if (ending.size() < MOST_ENDING) {
        ending.add(table.describe(row));
      }
    }
    table
        .table()
        .index("ws_id")
        .map(row::value)
        .filter(id -> !RowDigest.uuid(id).equals(home.toString()))
        .ifPresent(_ -> losses.add(Losses.Kind.FLATTENED, 1));
    if (!table.entity().name().equals("targets")) {
      table
          .table()
          .index("created_at")
          .map(row::value)
          .filter(time -> time.remaining() == 8 && time.getLong(time.position()) % 1000 != 0)
          .ifPresent(_ -> losses.add(Losses.Kind.FRACTIONS, 1));
    }
    for (int i : table.uncarried()) {
      if (row.value(i) != null) {
        String column = table.table().columns().get(i).name();
        losses.add(Losses.Kind.COLUMNS, table.table().name() + "." + column, 1);
      }
    }
  }

  private synchronized void add(String table, Map<String, DigestSum> sums) {
    Map<String, DigestSum> all = config.computeIfAbsent(table, _ -> new TreeMap<>());
    sums.forEach((workspace, sum) -> all.computeIfAbsent(workspace, _ -> new DigestSum()).add(sum));
  }

  /// Tags follow from the entities, but count in the configuration's digest.
  private void digestTags() throws InterruptedException, IOException {
    for (PlannedTable table : job.plan().tables()) {
      if (table.name().equals("tags")) {
        each(
            table,
            slice -> {
              ConfigDigest digest = new ConfigDigest(table);
              RowCursor cursor = scan(table).read(slice);
              for (StoredRow row = cursor.next(); row != null; row = cursor.next()) {
                digest.add(row);
              }
              add(table.name(), digest.sums());
            });
      }
    }
  }

  private void lost(Movement movement) throws InterruptedException {
    losses.add(Losses.Kind.OLDER_TARGETS, movement.fold().before() - movement.fold().after());
    if (job.plan().table("workspaces").isPresent()) {
      losses.add(Losses.Kind.WORKSPACES, Homes.others(job.source(), home));
    }
    for (Table table : KongYmlTables.uncarried(job)) {
      long count = KongYmlTables.rows(job.source(), table);
      if (count > 0) {
        losses.add(Losses.Kind.TABLES, table.name(), count);
      }
    }
  }

  private KongYmlManifest manifest(
      String cluster, KongYmlFile.Written written, Map<String, Long> entities, Movement movement) {
    Map<String, Map<String, KongYmlManifest.Sum>> sums = new TreeMap<>();
    config.forEach(
        (table, workspaces) -> {
          Map<String, KongYmlManifest.Sum> texts = new TreeMap<>();
          workspaces.forEach(
              (workspace, sum) ->
                  texts.put(workspace, new KongYmlManifest.Sum(sum.rows(), sum.hex())));
          sums.put(table, texts);
        });
    return new KongYmlManifest(
        KongYmlManifest.FORMAT,
        cluster,
        "changeover",
        written.sha256(),
        written.bytes(),
        entities,
        home.toString(),
        losses.counts(),
        losses.names(),
        ending.stream().sorted().toList(),
        movement.fold().before(),
        movement.fold().after(),
        movement.fold().weightZero(),
        sums);
  }
}
