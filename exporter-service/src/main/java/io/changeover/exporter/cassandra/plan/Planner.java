package io.changeover.exporter.cassandra.plan;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.inventory.CopyPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Decides what moves from two catalogues and the inventory's choice.
public final class Planner {

  private static final String PARTITIONER = "Murmur3Partitioner";

  private final KeyspaceCatalog source;
  private final KeyspaceCatalog target;
  private final CopyPolicy policy;
  private final List<PlannedTable> tables = new ArrayList<>();
  private final List<Left> left = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<Absent> absent = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private Planner(KeyspaceCatalog source, KeyspaceCatalog target, CopyPolicy policy) {
    this.source = source;
    this.target = target;
    this.policy = policy;
  }

  /// The plan.
  public static CopyPlan plan(KeyspaceCatalog source, KeyspaceCatalog target, CopyPolicy policy) {
    return new Planner(source, target, policy).plan();
  }

  private CopyPlan plan() {
    partitioners();
    migrations();
    source.tables().values().forEach(this::consider);
    tables.sort(
        Comparator.comparingInt((PlannedTable table) -> KongTables.order(table.name()))
            .thenComparing(PlannedTable::name));
    return new CopyPlan(tables, left, missing, absent, problems);
  }

  private void partitioners() {
    for (KeyspaceCatalog side : List.of(source, target)) {
      if (!side.partitioner().equals(PARTITIONER)) {
        problems.add(
            new Problem(
                "The cluster of keyspace %s has the partitioner %s"
                    .formatted(side.keyspace(), side.partitioner()),
                PARTITIONER + ", whose token ranges are read one by one",
                "move the cluster to " + PARTITIONER + " first"));
      }
    }
  }

  private void migrations() {
    Map<String, Set<String>> before = source.migrations().executed();
    Map<String, Set<String>> after = target.migrations().executed();
    if (before.isEmpty()) {
      problems.add(
          new Problem(
              "The keyspace %s has no migrations of Kong in schema_meta"
                  .formatted(source.keyspace()),
              "blue's keyspace as Kong keeps it",
              "correct `keyspace` in the inventory"));
    }
    if (after.isEmpty()) {
      problems.add(
          new Problem(
              "The keyspace %s is not bootstrapped: schema_meta has no migrations"
                  .formatted(target.keyspace()),
              "a keyspace that green's `kong migrations bootstrap` has made",
              "run the phase bootstrap again"));
      return;
    }
    pending(source);
    pending(target);
    halfBootstrapped(before, after);
  }

  private void pending(KeyspaceCatalog side) {
    if (!side.migrations().pending().isEmpty()) {
      problems.add(
          new Problem(
              "The keyspace %s has pending migrations: %s"
                  .formatted(side.keyspace(), new TreeMap<>(side.migrations().pending())),
              "every migration finished",
              "run `kong migrations finish` of the version that began them, then retry"));
    }
  }

  private void halfBootstrapped(Map<String, Set<String>> before, Map<String, Set<String>> after) {
    Set<String> absent = new TreeSet<>();
    before.forEach(
        (subsystem, names) ->
            Optional.ofNullable(after.get(subsystem))
                .ifPresent(
                    has ->
                        names.stream()
                            .filter(name -> !has.contains(name))
                            .forEach(name -> absent.add(subsystem + " " + name))));
    if (!after.containsKey("core") || !absent.isEmpty()) {
      problems.add(
          new Problem(
              "The keyspace %s is half-bootstrapped: schema_meta lacks %s"
                  .formatted(target.keyspace(), absent.isEmpty() ? "core" : absent),
              "every migration that %s has".formatted(source.keyspace()),
              "drop the keyspace %s and run the phase bootstrap again"
                  .formatted(target.keyspace())));
    }
  }

  private void consider(Table table) {
    Optional<String> reason = reasonToLeave(table);
    if (reason.isPresent()) {
      left.add(new Left(table.name(), reason.get()));
      return;
    }
    Optional<Table> other = target.table(table.name());
    if (other.isEmpty()) {
      missing.add(table.name());
    } else if (table.hasStatic()) {
      problems.add(
          new Problem(
              "The table %s has static columns".formatted(table.name()),
              "tables without them, as Kong makes them",
              "name it under `copy: leave` in the inventory and move it by hand"));
    } else if (fits(table, other.get())) {
      tables.add(new PlannedTable(table, other.get(), common(table, other.get())));
    }
  }

  private Optional<String> reasonToLeave(Table table) {
    String never = KongTables.NEVER.get(table.name());
    if (never != null) {
      return Optional.of(never);
    }
    if (table.isCounter()) {
      return Optional.of("counters take increments only");
    }
    if (policy.leave().contains(table.name())) {
      return Optional.of("the inventory says so");
    }
    return KongTables.family(table.name())
        .filter(family -> !policy.include().contains(family))
        .map(family -> "the family " + family.word() + " is not included");
  }

  private boolean fits(Table from, Table to) {
    boolean fits = true;
    if (!from.key().equals(to.key())) {
      problems.add(
          new Problem(
              "The table %s has another primary key in %s than in %s"
                  .formatted(from.name(), target.keyspace(), source.keyspace()),
              "the same primary key",
              "name it under `copy: leave` in the inventory and move it by hand"));
      fits = false;
    }
    for (Column column : from.columns()) {
      Optional<Column> other = to.column(column.name());
      if (other.isPresent() && !other.get().type().equals(column.type())) {
        problems.add(
            new Problem(
                "The column %s of table %s is %s in %s and %s in %s"
                    .formatted(
                        column.name(),
                        from.name(),
                        column.type(),
                        source.keyspace(),
                        other.get().type(),
                        target.keyspace()),
                "the same type",
                "name the table under `copy: leave` in the inventory and move it by hand"));
        fits = false;
      }
    }
    return fits;
  }

  private List<Column> common(Table from, Table to) {
    List<Column> common = new ArrayList<>();
    for (Column column : from.columns()) {
      String name = from.name() + "." + column.name();
      if (policy.leave().contains(name) && !from.key().contains(column)) {
        left.add(new Left(name, "the inventory says so"));
      } else if (to.column(column.name()).isPresent()) {
        common.add(column);
      } else {
        left.add(new Left(name, "not in " + target.keyspace()));
        absent.add(new Absent(from, column));
      }
    }
    return common;
  }
}
