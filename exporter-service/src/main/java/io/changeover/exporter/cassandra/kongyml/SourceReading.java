package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.TargetFold;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.digest.ConfigDigest;
import io.changeover.exporter.cassandra.digest.DigestSum;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.digest.TableDigests;
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
import io.changeover.exporter.kongyml.Losses;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads from the source what a `kong.yml` of it holds, row by row, and counts what it can't hold:
/// memory does not grow with the rows, but for 22 bytes of each id and unique value.
final class SourceReading {

  /// Rows that end by themselves and are remembered by their ids.
  private static final int MOST_ENDING = 100_000;

  /// Takes the rows, parents before children; several threads at a time.
  interface Rows {
    /// One that belongs into the file.
    ///
    /// @param values what stands in the file of it, by field
    void moves(Carried table, Map<String, @Nullable Object> values) throws IOException;

    /// One that does not: an older version of a target, or one that is about to end.
    ///
    /// @param id the row's
    void stays(Carried table, String id);
  }

  private final CopyJob job;
  private final UUID home;
  private final Watch watch;
  private final List<Carried> tables;
  private final Losses losses = new Losses();
  private final FileRules rules = new FileRules();
  private final List<String> ending = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Map<String, DigestSum>> config = new TreeMap<>();
  private final AtomicLong rows = new AtomicLong();

  /// Prepares a reading.
  ///
  /// @param home the id of the source's workspace `default`
  SourceReading(CopyJob job, UUID home, Watch watch) {
    this.job = job;
    this.home = home;
    this.watch = watch;
    this.tables = Carried.of(job);
  }

  /// The tables that the file carries, parents first.
  List<Carried> tables() {
    return tables;
  }

  /// Why rows of the source can't be written at all; known before anything is read.
  List<Problem> unfit() {
    return tables.stream().flatMap(table -> table.problems().stream()).toList();
  }

  /// Reads everything.
  ///
  /// @return which of the targets move
  TargetFold read(Rows taker) throws InterruptedException, IOException {
    Movement movement = Movement.of(job);
    for (Carried table : tables) {
      read(table, movement, taker);
    }
    lost(movement);
    digestTags();
    return movement.fold();
  }

  /// Why what was read could not be imported.
  List<Problem> problems() {
    return rules.problems();
  }

  /// The digest of the source's configuration as it was read.
  String digest() {
    TableDigests digests = new TableDigests();
    config.forEach(digests::add);
    return digests.whole();
  }

  private void read(Carried table, Movement movement, Rows taker)
      throws InterruptedException, IOException {
    each(
        table.table(),
        slice -> {
          ConfigDigest digest = new ConfigDigest(table.table());
          RowCursor cursor = scan(table.table()).read(slice);
          for (StoredRow row = cursor.next(); row != null; row = cursor.next()) {
            digest.add(row);
            item(table, row, movement.mayMove(table.table(), row), taker);
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

  private void item(Carried table, StoredRow row, boolean mayMove, Rows taker) throws IOException {
    int ttl = ttl(table.table(), row);
    if (!mayMove || (ttl > 0 && ttl <= job.policy().expiring().toSeconds())) {
      taker.stays(table, table.id(row));
      return;
    }
    Map<String, @Nullable Object> values = table.values(row, ttl);
    rules.look(table.entity(), values);
    taker.moves(table, values);
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

  /// The manifest of the file that was made of what was read.
  KongYmlManifest manifest(
      String cluster, CopyPolicy.Export writer, KongYmlFile.Written written, TargetFold fold) {
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
        writer.word(),
        written.sha256(),
        written.bytes(),
        written.entities(),
        home.toString(),
        losses.counts(),
        losses.names(),
        ending.stream().sorted().toList(),
        fold.before(),
        fold.after(),
        fold.weightZero(),
        sums);
  }
}
