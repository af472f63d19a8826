package io.changeover.exporter.cassandra.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.KeyspaceCatalog;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.inventory.CopyPolicy;
import io.changeover.inventory.CopyPolicy.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final Map<String, Set<String>> OLD = Map.of("core", Set.of("a", "b"));
  private static final Map<String, Set<String>> NEW = Map.of("core", Set.of("a", "b", "c"));

  private static Column column(String name, String type) {
    return new Column(name, type, Column.Role.REGULAR, -1, false);
  }

  private static Table table(String name, Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.add(new Column("id", "uuid", Column.Role.PARTITION, 0, false));
    return new Table(name, UUID.randomUUID(), all, 0);
  }

  private static KeyspaceCatalog catalog(
      String name, Map<String, Set<String>> executed, Table... tables) {
    TreeMap<String, Table> map = new TreeMap<>();
    for (Table table : tables) {
      map.put(table.name(), table);
    }
    return new KeyspaceCatalog(
        name,
        "Murmur3Partitioner",
        "3.11.19",
        map,
        new KeyspaceCatalog.Migrations(executed, Map.of()));
  }

  private static CopyPolicy policy(List<String> leave, Set<Family> include) {
    CopyPolicy usual = CopyPolicy.USUAL;
    return new CopyPolicy(
        usual.way(),
        usual.export(),
        leave,
        include,
        usual.weightZeroTargets(),
        usual.expiring(),
        1,
        1,
        0,
        0,
        Path.of("/x"),
        Path.of("/y"),
        usual.key());
  }

  private static CopyPlan plan(KeyspaceCatalog source, KeyspaceCatalog target) {
    return Planner.plan(source, target, CopyPolicy.USUAL);
  }

  @Test
  void tables_of_both_sides_move_parents_first_unknown_ones_too() {
    Table[] tables = {
      table("tags"),
      table("acls"),
      table("plugins"),
      table("targets"),
      table("workspaces"),
      table("rbac_users")
    };
    CopyPlan plan = plan(catalog("old", OLD, tables), catalog("new", NEW, tables));

    assertThat(plan.tables())
        .extracting(PlannedTable::name)
        .containsExactly("workspaces", "plugins", "acls", "rbac_users", "targets", "tags");
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void what_never_moves_is_named_with_its_reason() {
    Table[] tables = {
      table("locks"),
      table("ratelimiting_metrics", column("value", "counter")),
      table("vitals_x"),
      table("audit_requests"),
      table("mine")
    };
    CopyPlan plan =
        Planner.plan(
            catalog("old", OLD, tables),
            catalog("new", NEW, tables),
            policy(List.of("mine"), Set.of(Family.AUDIT)));

    assertThat(plan.left())
        .extracting(Left::name)
        .containsExactlyInAnyOrder("locks", "ratelimiting_metrics", "vitals_x", "mine");
    assertThat(plan.tables()).extracting(PlannedTable::name).containsExactly("audit_requests");
  }

  @Test
  void only_common_columns_move() {
    CopyPlan plan =
        plan(
            catalog("old", OLD, table("t", column("a", "text"), column("b", "text"))),
            catalog("new", NEW, table("t", column("a", "text"), column("c", "text"))));

    assertThat(plan.tables().getFirst().columns())
        .extracting(Column::name)
        .containsExactly("id", "a");
    assertThat(plan.left()).extracting(Left::name).containsExactly("t.b");
  }

  @Test
  void a_column_of_another_type_is_a_problem() {
    CopyPlan plan =
        plan(
            catalog("old", OLD, table("t", column("a", "text"))),
            catalog("new", NEW, table("t", column("a", "int"))));

    assertThat(plan.problems())
        .extracting(Problem::reason)
        .containsExactly("The column a of table t is text in old and int in new");
  }

  @Test
  void a_table_that_only_the_source_has_is_missing() {
    CopyPlan plan = plan(catalog("old", OLD, table("t")), catalog("new", NEW));

    assertThat(plan.missing()).containsExactly("t");
  }

  @Test
  void a_target_without_all_migrations_is_refused() {
    assertThat(plan(catalog("old", OLD), catalog("new", Map.of())).problems())
        .extracting(Problem::reason)
        .containsExactly("The keyspace new is not bootstrapped: schema_meta has no migrations");
    assertThat(plan(catalog("old", OLD), catalog("new", Map.of("core", Set.of("a")))).problems())
        .extracting(Problem::reason)
        .containsExactly("The keyspace new is half-bootstrapped: schema_meta lacks [core b]");
  }

  @Test
  void pending_migrations_are_refused() {
    KeyspaceCatalog source =
        new KeyspaceCatalog(
            "old",
            "Murmur3Partitioner",
            "4.0",
            new TreeMap<>(),
            new KeyspaceCatalog.Migrations(OLD, Map.of("core", Set.of("z"))));

    assertThat(plan(source, catalog("new", NEW)).problems())
        .extracting(Problem::reason)
        .containsExactly("The keyspace old has pending migrations: {core=[z]}");
  }

  @Test
  void another_partitioner_is_refused() {
    KeyspaceCatalog source =
        new KeyspaceCatalog(
            "old",
            "RandomPartitioner",
            "2.2",
            new TreeMap<>(),
            new KeyspaceCatalog.Migrations(OLD, Map.of()));

    assertThat(plan(source, catalog("new", NEW)).problems())
        .extracting(Problem::reason)
        .containsExactly("The cluster of keyspace old has the partitioner RandomPartitioner");
  }
}
