package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.Selection;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.scan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads single rows of both sides as they are now, with the times of their cells.
public final class Lookup {

  private record Sides(TableScan source, TableScan target) {}

  private final CopyJob job;
  private final Movement movement;
  private final Sameness sameness;
  private final Map<String, Sides> sides = new ConcurrentHashMap<>();

  public Lookup(CopyJob job, Movement movement) {
    this(job, movement, Sameness.VERBATIM);
  }

  /// One by another rule of what is the same.
  Lookup(CopyJob job, Movement movement, Sameness sameness) {
    this.job = job;
    this.movement = movement;
    this.sameness = sameness;
  }

  /// A row on both sides; what does not move is not there.
  ///
  /// @param ending whether the row ends so soon that it need not be there
  /// @param same whether nothing differs
  public record Found(
      Optional<StoredRow> source, Optional<StoredRow> target, boolean ending, boolean same) {}

  /// Looks up the rows of these keys, in their order.
  public List<Found> find(PlannedTable table, List<StoredRow> keys) throws InterruptedException {
    Sides both =
        sides.computeIfAbsent(
            table.name(),
            _ ->
                new Sides(
                    job.scanSource(table, Selection.Times.ALL),
                    job.scanTarget(table, Selection.Times.ALL)));
    List<Optional<StoredRow>> left = both.source().find(keys);
    List<Optional<StoredRow>> right = both.target().find(keys);
    List<StoredRow> moving =
        movement.moving(table, left.stream().flatMap(Optional::stream).toList());
    List<Found> found = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      found.add(found(table, left.get(i).filter(moving::contains), right.get(i)));
    }
    return found;
  }

  private Found found(PlannedTable table, Optional<StoredRow> source, Optional<StoredRow> target) {
    boolean ending =
        source.isPresent() != target.isPresent()
            && endsWithin(table, source.or(() -> target).orElseThrow(), !target.isPresent());
    boolean same =
        (source.isPresent() && target.isPresent())
            ? sameness.same(table, source.get(), target.get())
            : ending || source.isPresent() == target.isPresent();
    return new Found(source, target, ending, same);
  }

  /// The copy skips rows that end soon, so the target may lack them; the source's row may end a
  /// moment before its copy.
  private boolean endsWithin(PlannedTable table, StoredRow row, boolean atSource) {
    int longest = 0;
    for (int i = table.keySize(); i < table.columns().size(); i++) {
      if (row.value(i) != null && row.tellsTimes(i)) {
        if (row.ttl(i) == 0) {
          return false;
        }
        longest = Math.max(longest, row.ttl(i));
      }
    }
    long margin = atSource ? job.policy().expiring().toSeconds() : 0;
    return longest > 0 && longest <= Math.max(margin, 1) + 2;
  }
}
