package io.changeover.exporter.cassandra.delta;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.compare.Lookup;
import io.changeover.exporter.cassandra.compare.Mismatches;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Write;
import io.changeover.exporter.cassandra.copy.WriteGate;
import io.changeover.exporter.cassandra.copy.Writes;
import io.changeover.exporter.cassandra.digest.Normal;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Brings rows of the target up to date with the source, cell by cell, by write time: the later
/// write holds, whoever made it.
final class Reconciler implements Mismatches {

  private static final int MOST_REMEMBERED = 200_000;

  private final CopyJob job;
  private final Lookup lookup;
  private final WriteGate gate;
  private final long unknownMicros;
  private final long frontier;
  private final Map<String, RowWriter> writers = new ConcurrentHashMap<>();
  private final Map<String, Deletes> deletes = new ConcurrentHashMap<>();
  private final Set<String> before;
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong shadowed = new AtomicLong();

  /// Begins a pass.
  ///
  /// @param unknownMicros the write time of cells whose time no server tells
  /// @param frontier up to when what is in the target was copied from the source
  /// @param before what the pass before has sent
  Reconciler(
      CopyJob job,
      Lookup lookup,
      WriteGate gate,
      long unknownMicros,
      long frontier,
      Set<String> before) {
    this.job = job;
    this.lookup = lookup;
    this.gate = gate;
    this.unknownMicros = unknownMicros;
    this.frontier = frontier;
    this.before = Set.copyOf(before);
  }

  @Override
  public List<Again> resolve(PlannedTable table, List<StoredRow> keys) throws InterruptedException {
    List<Again> again = new ArrayList<>(keys.size());
    Writes writes = new Writes();
    for (Lookup.Found row : lookup.find(table, keys)) {
      if (!row.same() && !row.ending()) {
        reconcile(table, row, writes);
      }
      again.add(new Again(row.source(), row.target(), row.same()));
    }
    writes.await();
    return again;
  }

  private void reconcile(PlannedTable table, Lookup.Found row, Writes writes)
      throws InterruptedException {
    if (row.source().isEmpty()) {
      extra(table, row.target().orElseThrow(), writes);
    } else if (row.target().isEmpty()) {
      missing(table, row.source().get(), writes);
    } else {
      changed(table, row.source().get(), row.target().get(), writes);
    }
  }

  private void missing(PlannedTable table, StoredRow source, Writes writes)
      throws InterruptedException {
    send(table, source, writer(table).writes(source), writes);
  }

  /// A row of which this very version was sent a pass ago, and which still is not there, was
  /// deleted by green.
  private void send(PlannedTable table, StoredRow source, List<Write> all, Writes writes)
      throws InterruptedException {
    if (all.isEmpty()) {
      return;
    }
    String version = all.getFirst().about() + "@" + newest(table, source);
    if (before.contains(version)) {
      shadowed.incrementAndGet();
      return;
    }
    if (sent.size() < MOST_REMEMBERED) {
      sent.add(version);
    }
    for (Write write : all) {
      gate.send(write, writes);
    }
    rows.incrementAndGet();
  }

  private void extra(PlannedTable table, StoredRow target, Writes writes)
      throws InterruptedException {
    long newest = newest(table, target);
    long micros = newest == Long.MIN_VALUE ? frontier : newest;
    if (micros > frontier || frontier == Long.MIN_VALUE) {
      kept.incrementAndGet();
      return;
    }
    gate.send(deletes(table).row(target, micros), writes);
    deleted.incrementAndGet();
  }

  private void changed(PlannedTable table, StoredRow source, StoredRow target, Writes writes)
      throws InterruptedException {
    boolean newer = false;
    List<Write> removals = new ArrayList<>();
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (source.value(i) != null) {
        newer |= isNewer(table, source, target, i);
      } else if (target.value(i) != null) {
        removal(table, column, i, target).ifPresent(removals::add);
      }
    }
    if (newer) {
      send(table, source, writer(table).writes(source), writes);
    }
    for (Write removal : removals) {
      gate.send(removal, writes);
    }
    rows.addAndGet(!newer && !removals.isEmpty() ? 1 : 0);
  }

  private boolean isNewer(PlannedTable table, StoredRow source, StoredRow target, int i) {
    if (target.value(i) == null) {
      return true;
    }
    if (source.tellsTimes(i) && target.tellsTimes(i)) {
      return source.writetime(i) > target.writetime(i);
    }
    return !Normal.same(table.columns().get(i), source.value(i), target.value(i))
        && newest(table, source) >= newest(table, target);
  }

  private Optional<Write> removal(PlannedTable table, Column column, int i, StoredRow target) {
    long micros = target.tellsTimes(i) ? target.writetime(i) : frontier;
    return micros <= frontier && frontier != Long.MIN_VALUE
        ? Optional.of(deletes(table).cell(target, column, micros))
        : Optional.empty();
  }

  private static long newest(PlannedTable table, StoredRow row) {
    long newest = Long.MIN_VALUE;
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      newest = Math.max(newest, row.writetime(i));
    }
    return newest;
  }

  private RowWriter writer(PlannedTable table) {
    return writers.computeIfAbsent(
        table.name(),
        _ -> new RowWriter(job.target(), table, unknownMicros, job.policy().expiring()));
  }

  private Deletes deletes(PlannedTable table) {
    return deletes.computeIfAbsent(table.name(), _ -> new Deletes(job.target(), table));
  }

  /// What was sent, to be told apart from what is new in the next pass.
  Set<String> sent() {
    return sent;
  }

  long rows() {
    return rows.get();
  }

  long deleted() {
    return deleted.get();
  }

  /// Rows that only the target has, and that are newer than anything that was copied.
  long kept() {
    return kept.get();
  }

  /// Rows that green has deleted.
  long shadowed() {
    return shadowed.get();
  }
}
