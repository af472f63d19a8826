package io.changeover.exporter.cassandra.kongyml;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlattenedTest {

  private static final UUID HOME = new UUID(1, 1);
  private static final UUID TEAM = new UUID(2, 2);
  private static final UUID ID = new UUID(3, 3);

  private final Flattened rule = new Flattened(HOME);

  private static PlannedTable table(String name, String... columns) {
    List<Column> all = new java.util.ArrayList<>();
    all.add(new Column("id", "uuid", Column.Role.PARTITION, 0, false));
    for (String column : columns) {
      String[] words = column.split(" ", 2);
      all.add(new Column(words[0], words[1], Column.Role.REGULAR, -1, false));
    }
    Table table = new Table(name, ID, all, 0);
    return new PlannedTable(table, table, table.columns());
  }

  private record Fake(PlannedTable table, Map<String, ByteBuffer> cells, int seconds)
      implements StoredRow {
    @Override
    public long readAt() {
      return 0;
    }

    @Override
    public @Nullable ByteBuffer value(int column) {
      return cells.get(table.columns().get(column).name());
    }

    @Override
    public long token() {
      return 0;
    }

    @Override
    public long writetime(int column) {
      return 0;
    }

    @Override
    public boolean tellsTimes(int column) {
      return true;
    }

    @Override
    public int ttl(int column) {
      return seconds;
    }
  }

  private static Fake row(PlannedTable table, int seconds, Object... cells) {
    Map<String, ByteBuffer> values = new HashMap<>();
    values.put("id", bytes(ID));
    for (int i = 0; i < cells.length; i += 2) {
      values.put(cells[i].toString(), bytes(cells[i + 1]));
    }
    return new Fake(table, values, seconds);
  }

  private static ByteBuffer bytes(Object value) {
    return switch (value) {
      case UUID id ->
          ByteBuffer.allocate(16)
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits())
              .flip();
      case Long number -> ByteBuffer.allocate(8).putLong(number).flip();
      case Boolean flag -> ByteBuffer.wrap(new byte[] {(byte) (flag ? 1 : 0)});
      default -> ByteBuffer.wrap(value.toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  @Test
  void a_row_of_another_workspace_is_one_of_default_and_of_no_other() {
    PlannedTable consumers = table("consumers", "username text", "ws_id uuid");
    Fake source = row(consumers, 0, "ws_id", TEAM, "username", TEAM + ":a");
    assertThat(
            rule.same(consumers, source, row(consumers, 0, "ws_id", HOME, "username", HOME + ":a")))
        .isTrue();
    assertThat(rule.text()).contains("flattened=1");
    for (Fake wrong :
        List.of(
            row(consumers, 0, "ws_id", TEAM, "username", TEAM + ":a"),
            row(consumers, 0, "ws_id", HOME, "username", TEAM + ":a"),
            row(consumers, 0, "ws_id", HOME, "username", "a"),
            row(consumers, 0, "ws_id", HOME, "username", HOME + ":b"),
            row(consumers, 0, "ws_id", HOME),
            row(consumers, 0, "username", HOME + ":a"))) {
      assertThat(rule.same(consumers, source, wrong)).isFalse();
    }
    assertThat(rule.text()).contains("flattened=1");
  }

  @Test
  void times_are_floored_to_seconds_but_for_targets() {
    PlannedTable acls = table("acls", "created_at timestamp");
    PlannedTable targets = table("targets", "created_at timestamp");
    for (PlannedTable table : List.of(acls, targets)) {
      Fake source = row(table, 0, "created_at", 1_999L);
      assertThat(rule.same(table, source, row(table, 0, "created_at", 1_999L))).isTrue();
      assertThat(rule.same(table, source, row(table, 0, "created_at", 1_000L)))
          .isEqualTo(table.equals(acls));
      assertThat(rule.same(table, source, row(table, 0, "created_at", 2_000L))).isFalse();
      assertThat(rule.same(table, source, row(table, 0))).isFalse();
    }
  }

  @Test
  void a_time_of_change_may_be_new_but_not_get_lost() {
    PlannedTable routes = table("routes", "updated_at timestamp");
    Fake timed = row(routes, 0, "updated_at", 1_000L);
    Fake bare = row(routes, 0);
    assertThat(rule.same(routes, timed, row(routes, 0, "updated_at", 5_000L))).isTrue();
    assertThat(rule.same(routes, bare, timed)).isTrue();
    assertThat(rule.text()).contains("updatedAt=2");
    assertThat(rule.same(routes, bare, bare)).isTrue();
    assertThat(rule.text()).contains("updatedAt=2");
    assertThat(rule.same(routes, timed, bare)).isFalse();
  }

  @Test
  void a_cache_key_is_the_one_that_kong_looks_up() {
    PlannedTable plugins = table("plugins", "name text", "cache_key text", "service_id uuid");
    Fake source =
        row(plugins, 0, "name", "cors", "service_id", ID, "cache_key", "plugins:cors:::::" + TEAM);
    assertThat(
            rule.same(
                plugins,
                source,
                row(
                    plugins,
                    0,
                    "name",
                    "cors",
                    "service_id",
                    ID,
                    "cache_key",
                    "plugins:cors::" + ID + ":::" + HOME)))
        .isTrue();
    assertThat(rule.same(plugins, source, source)).isFalse();
  }

  @Test
  void nothing_may_become_a_default_and_a_value_may_not() {
    PlannedTable routes =
        table("routes", "request_buffering boolean", "service_id uuid", "path_handling text");
    Fake bare = row(routes, 0);
    assertThat(rule.same(routes, bare, row(routes, 0, "request_buffering", true))).isTrue();
    assertThat(rule.same(routes, bare, row(routes, 0, "service_id", ID))).isFalse();
    Fake full = row(routes, 0, "request_buffering", false, "path_handling", "v1");
    assertThat(
            rule.same(
                routes, full, row(routes, 0, "request_buffering", true, "path_handling", "v1")))
        .isFalse();
    assertThat(rule.same(routes, full, row(routes, 0, "request_buffering", false))).isFalse();
    assertThat(rule.text()).contains("defaults=1");
  }

  @Test
  void json_may_grow_but_not_change() {
    PlannedTable plugins = table("plugins", "config text");
    Fake source = row(plugins, 0, "config", "{\"a\":1,\"b\":null,\"c\":[\"x\"],\"d\":{\"e\":1.0}}");
    for (String grown :
        List.of(
            "{\"d\":{\"e\":1,\"f\":2},\"c\":[\"x\"],\"b\":3,\"a\":1}",
            "{\"a\":1,\"c\":[\"x\"],\"d\":{\"e\":1},\"new\":true}")) {
      assertThat(rule.same(plugins, source, row(plugins, 0, "config", grown))).isTrue();
    }
    for (String changed :
        List.of(
            "{\"a\":2,\"c\":[\"x\"],\"d\":{\"e\":1}}",
            "{\"c\":[\"x\"],\"d\":{\"e\":1}}",
            "{\"a\":1,\"c\":[],\"d\":{\"e\":1}}",
            "{\"a\":1,\"c\":[\"x\",\"y\"],\"d\":{\"e\":1}}",
            "{\"a\":1,\"c\":[\"x\"],\"d\":null}",
            "no json")) {
      assertThat(rule.same(plugins, source, row(plugins, 0, "config", changed)))
          .as(changed)
          .isFalse();
    }
  }

  @Test
  void a_key_that_would_end_is_permanent_and_counted() {
    PlannedTable keys = table("keyauth_credentials", "key text");
    assertThat(rule.same(keys, row(keys, 60, "key", HOME + ":k"), row(keys, 0, "key", HOME + ":k")))
        .isTrue();
    assertThat(rule.text()).contains("permanent=1");
    assertThat(rule.mayOutlive("keyauth_credentials id=" + ID)).isFalse();
  }
}
