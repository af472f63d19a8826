package io.changeover.exporter.cassandra.preflight;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.compare.Lookup;
import io.changeover.exporter.cassandra.compare.Mismatches;
import io.changeover.exporter.cassandra.compare.PairScan;
import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.Movement;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Whether the target holds nothing but what a copy has put there.
public final class TargetRows {

  private static final int SHOWN = 5;
  private static final String WORKSPACES = "workspaces";

  private final CopyJob job;
  private final Predicate<String> known;
  private final List<String> foreign = new ArrayList<>();
  private long count;

  private TargetRows(CopyJob job, Predicate<String> known) {
    this.known = known;
    this.job = job;
  }

  private record Workspace(UUID id, String name, long writtenMicros) {}

  /// Replaces the random default workspace that the bootstrap has made, so that ids, prefixes and
  /// cache keys of the source stay as they are. A second call finds nothing to do.
  ///
  /// @return the reason why not
  public static Optional<Problem> replaceDefaultWorkspace(CopyJob job) {
    if (job.plan().table(WORKSPACES).isEmpty()) {
      return Optional.empty();
    }
    List<Workspace> ours = workspaces(job.source());
    long defaults = ours.stream().filter(row -> row.name().equals("default")).count();
    if (defaults != 1) {
      return Optional.of(
          new Problem(
              "The keyspace %s has %d workspaces named default"
                  .formatted(job.source().name(), defaults),
              "exactly one",
              "repair the source: Kong 2.1 finds nothing without it, and an interrupted `finish` may leave several"));
    }
    replaceDefaultWorkspace(job.target(), new HashSet<>(ours.stream().map(Workspace::id).toList()));
    return Optional.empty();
  }

  /// The same for a target by itself.
  ///
  /// @param known ids of the source's workspaces
  public static void replaceDefaultWorkspace(Keyspace target, Set<UUID> known) {
    for (Workspace row : workspaces(target)) {
      if (row.name().equals("default") && !known.contains(row.id())) {
        target
            .session()
            .execute(
                SimpleStatement.newInstance(
                    "DELETE FROM %s USING TIMESTAMP %d WHERE id = ?"
                        .formatted(target.qualified(WORKSPACES), row.writtenMicros()),
                    row.id()));
      }
    }
  }

  /// The ids of a keyspace's workspaces.
  public static Set<UUID> workspaceIds(Keyspace side) {
    return new HashSet<>(workspaces(side).stream().map(Workspace::id).toList());
  }

  /// Tables beside `workspaces` that have any row, though nothing was copied yet.
  public static List<String> filled(Keyspace target, List<PlannedTable> tables) {
    return tables.stream()
        .map(PlannedTable::name)
        .filter(name -> !name.equals(WORKSPACES) && Preflight.hasRows(target, name))
        .toList();
  }

  private static List<Workspace> workspaces(Keyspace side) {
    List<Workspace> rows = new ArrayList<>();
    for (Row row :
        side.session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT id, name, writetime(name) FROM " + side.qualified(WORKSPACES)))) {
      rows.add(
          new Workspace(
              Objects.requireNonNull(row.getUuid(0)),
              Objects.requireNonNullElse(row.getString(1), ""),
              row.getLong(2)));
    }
    return rows;
  }

  /// Looks for rows that only the target has, beside the bootstrap's default workspace. Rows that
  /// both have may come from an earlier copy, and are no reason to refuse.
  public static Optional<Problem> foreign(CopyJob job, Watch watch)
      throws InterruptedException, IOException {
    return foreign(job, watch, _ -> false);
  }

  /// The same where some rows are known to have been at the source.
  ///
  /// @param known whether a row is one of them, by its table and id
  public static Optional<Problem> foreign(CopyJob job, Watch watch, Predicate<String> known)
      throws InterruptedException, IOException {
    boolean any = false;
    for (PlannedTable table : job.plan().tables()) {
      any |= !table.name().equals(WORKSPACES) && Preflight.hasRows(job.target(), table.name());
    }
    return any ? new TargetRows(job, known).look(watch) : Optional.empty();
  }

  private Optional<Problem> look(Watch watch) throws InterruptedException, IOException {
    Movement movement = Movement.of(job);
    Lookup lookup = new Lookup(job, movement);
    PairScan.Result _ =
        new PairScan(
                job,
                movement,
                watch,
                (table, keys) -> collect(lookup, table, keys),
                PairScan.Observer.NONE)
            .run();
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            "The keyspace %s has %d rows that are not in %s: %s"
                .formatted(
                    job.target().name(), count, job.source().name(), String.join("; ", foreign)),
            "a keyspace that green's `kong migrations bootstrap` has just made, or one that an earlier attempt has filled",
            "find out who wrote them; then drop the keyspace and run the phase bootstrap again"));
  }

  private List<Mismatches.Again> collect(Lookup lookup, PlannedTable table, List<StoredRow> keys)
      throws InterruptedException {
    for (Lookup.Found row : lookup.find(table, keys)) {
      if (row.source().isEmpty() && row.target().isPresent() && !row.ending()) {
        add(table, row.target().get());
      }
    }
    return List.of();
  }

  private synchronized void add(PlannedTable table, StoredRow row) {
    String about = RowWriter.describe(table.name(), table.columns(), table.keySize(), row);
    if (isBootstraps(table, row) || known.test(about)) {
      return;
    }
    count++;
    if (foreign.size() < SHOWN) {
      foreign.add(about);
    }
  }

  private static boolean isBootstraps(PlannedTable table, StoredRow row) {
    return table.name().equals(WORKSPACES)
        && table.index("name").map(row::text).filter("default"::equals).isPresent();
  }
}
