package io.changeover.exporter.cassandra.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Sides;
import io.changeover.inventory.CopyPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaPassesIT {

  private static Kong kong;
  private static Sides sides;

  @TempDir private Path folder;
  private CopyPolicy policy;

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
    sides = new Sides(kong.blueStore(), kong.greenStore());
  }

  @AfterAll
  static void close() {
    sides.close();
  }

  @BeforeEach
  void empty() {
    kong.reset();
    policy = Kong.policy(folder);
  }

  private static long now() {
    return Instant.now().toEpochMilli() * 1000;
  }

  @Test
  void what_blue_has_taken_since_the_copy_is_brought_over() throws Exception {
    UUID changed = kong.consumer("changed", Set.of("t"));
    UUID gone = kong.consumer("gone", Set.of());
    sides.copy(policy);
    UUID later = kong.consumer("later", Set.of("x"));
    kong.blue("UPDATE %s.consumers SET custom_id = 'new', tags = {'u'} WHERE id = ?", changed);
    kong.blue("DELETE FROM %s.tags WHERE tag = 't'");
    kong.blue("DELETE FROM %s.consumers WHERE id = ?", gone);
    kong.blue(
        "INSERT INTO %s.sessions (id, session_id, data) VALUES (uuid(), 's', 'd') USING TTL 600");

    DeltaPasses.Result result = sides.delta(policy, now());

    assertThat(
            kong.greenRows("SELECT id, custom_id, tags FROM %s.consumers").stream()
                .map(Kong::texts))
        .containsExactlyInAnyOrderElementsOf(
            kong.blueRows("SELECT id, custom_id, tags FROM %s.consumers").stream()
                .map(Kong::texts)
                .toList())
        .hasSize(2);
    assertThat(kong.greenRows("SELECT entity_id FROM %s.tags"))
        .extracting(row -> row.getString(0))
        .containsExactly(later.toString());
    assertThat(kong.greenRows("SELECT ttl(data) FROM %s.sessions").getFirst().getInt(0))
        .isBetween(500, 600);
    assertThat(result.rows()).isEqualTo(4);
    assertThat(result.deleted()).isEqualTo(2);
    assertThat(result.passes()).isEqualTo(2);
    assertThat(result.caughtUp()).isTrue();
    assertThat(sides.compare(policy).equal()).isTrue();
  }

  @Test
  void a_value_that_blue_has_cleared_is_cleared() throws Exception {
    UUID id = kong.consumer("a", Set.of("t"));
    kong.blue("UPDATE %s.consumers SET custom_id = 'c' WHERE id = ?", id);
    sides.copy(policy);
    kong.blue("UPDATE %s.consumers SET custom_id = null, tags = null WHERE id = ?", id);
    kong.blue("DELETE FROM %s.tags WHERE tag = 't'");

    sides.delta(policy, now());

    Row row = kong.greenRows("SELECT custom_id, tags FROM %s.consumers").getFirst();
    assertThat(row.isNull(0)).isTrue();
    assertThat(row.isNull(1)).isTrue();
    assertThat(sides.compare(policy).equal()).isTrue();
  }

  @Test
  void what_green_has_written_later_stays() throws Exception {
    UUID both = kong.consumer("both", Set.of());
    UUID removedByGreen = kong.consumer("removed-by-green", Set.of());
    UUID goneAtBlue = kong.consumer("gone-at-blue", Set.of());
    sides.copy(policy);
    long frontier = now();
    kong.blue("UPDATE %s.consumers SET custom_id = 'blue' WHERE id = ?", both);
    kong.green("UPDATE %s.consumers SET custom_id = 'green' WHERE id = ?", both);
    kong.green("DELETE FROM %s.consumers WHERE id = ?", removedByGreen);
    kong.blue("DELETE FROM %s.consumers WHERE id = ?", goneAtBlue);
    kong.green("UPDATE %s.consumers SET custom_id = 'wanted' WHERE id = ?", goneAtBlue);
    UUID own = UUID.randomUUID();
    kong.green("INSERT INTO %s.consumers (id, username) VALUES (?, 'green-own')", own);

    DeltaPasses.Result result = sides.delta(policy, frontier);

    assertThat(kong.greenRows("SELECT id FROM %s.consumers"))
        .extracting(row -> row.getUuid(0))
        .containsExactlyInAnyOrder(both, goneAtBlue, own);
    assertThat(
            kong.greenRows("SELECT custom_id FROM %s.consumers WHERE id = ?", both)
                .getFirst()
                .getString(0))
        .isEqualTo("green");
    assertThat(result.caughtUp()).isTrue();
    assertThat(result.kept()).isEqualTo(2);
    assertThat(result.shadowed()).isEqualTo(1);
    assertThat(result.deleted()).isZero();
  }

  @Test
  void a_newer_version_of_a_target_replaces_the_older() throws Exception {
    UUID upstream = kong.upstream("u");
    kong.target(upstream, "a:80", 1_000, 10);
    sides.copy(policy);
    UUID newest = kong.target(upstream, "a:80", 2_000, 20);

    DeltaPasses.Result result = sides.delta(policy, now());

    assertThat(kong.greenRows("SELECT id FROM %s.targets"))
        .extracting(row -> row.getUuid(0))
        .containsExactly(newest);
    assertThat(result.rows()).isEqualTo(1);
    assertThat(result.deleted()).isEqualTo(1);
  }

  @Test
  void without_anything_new_one_pass_is_enough() throws Exception {
    kong.consumer("a", Set.of("t"));
    sides.copy(policy);

    DeltaPasses.Result result = sides.delta(policy, now());

    assertThat(result.passes()).isEqualTo(1);
    assertThat(result.rows()).isZero();
  }
}
