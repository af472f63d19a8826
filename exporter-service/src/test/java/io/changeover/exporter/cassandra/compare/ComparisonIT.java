package io.changeover.exporter.cassandra.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Sides;
import io.changeover.exporter.cassandra.findings.Findings.Kind;
import io.changeover.inventory.CopyPolicy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonIT {

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

  @Test
  void what_means_the_same_is_equal() throws Exception {
    UUID id = UUID.randomUUID();
    kong.blue(
        "INSERT INTO %s.plugins (id, name, config, protocols, ws_id, cache_key) VALUES (?, 'x', '{\"a\":1,\"b\":[1,2]}', {'http'}, ?, ?)",
        id, kong.workspace, "plugins:x:::::" + kong.workspace);
    sides.copy(policy);
    kong.green(
        "UPDATE %s.plugins SET config = '{\"b\": [1, 2.0], \"a\": 1}', tags = {} WHERE id = ?", id);

    Comparison.Result result = sides.compare(policy);

    assertThat(result.differences()).isEmpty();
    assertThat(result.unequal()).isEmpty();
    assertThat(result.equal()).isTrue();
    assertThat(result.coverage()).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.findings().text())
        .isEqualTo("orphans=0,doubled=0,tags=0,cacheKey=0,foreignWorkspace=0,prefix=0");
  }

  @Test
  void each_difference_is_located_and_no_secret_is_shown() throws Exception {
    UUID missing = kong.consumer("missing", Set.of());
    UUID changed = kong.consumer("changed", Set.of());
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, consumer_id, ws_id) VALUES (?, ?, ?, ?)",
        changed, kong.workspace + ":top-secret-1", changed, kong.workspace);
    sides.copy(policy);
    kong.green("DELETE FROM %s.consumers WHERE id = ?", missing);
    kong.green("UPDATE %s.keyauth_credentials SET key = 'top-secret-2' WHERE id = ?", changed);
    UUID extra = UUID.randomUUID();
    kong.green("INSERT INTO %s.consumers (id, username) VALUES (?, 'x')", extra);

    Comparison.Result result = sides.compare(policy);

    assertThat(result.equal()).isFalse();
    assertThat(result.counts()).isEqualTo(Map.of("consumers", 2L, "keyauth_credentials", 1L));
    assertThat(result.differences())
        .extracting(Difference::toString)
        .containsExactlyInAnyOrder(
            "- consumers id=" + missing,
            "+ consumers id=" + extra,
            "~ keyauth_credentials id=" + changed + " key");
    assertThat(result.unequal()).isNotEmpty();
  }

  @Test
  void another_time_to_live_is_a_difference() throws Exception {
    UUID id = UUID.randomUUID();
    kong.blue(
        "INSERT INTO %s.sessions (id, session_id, data) VALUES (?, 's', 'd') USING TTL 5000", id);
    sides.copy(policy);
    assertThat(sides.compare(policy).equal()).isTrue();
    kong.green("INSERT INTO %s.sessions (id, session_id, data) VALUES (?, 's', 'd')", id);

    Comparison.Result result = sides.compare(policy);

    assertThat(result.equal()).isFalse();
    assertThat(result.differences().getFirst().toString()).contains("data ends in no time, not in");
  }

  @Test
  void what_was_never_right_is_found() throws Exception {
    UUID consumer = kong.consumer("a", Set.of("t"));
    kong.blue("DELETE FROM %s.tags WHERE tag = 't'");
    kong.blue(
        "INSERT INTO %s.consumers (id, username, ws_id) VALUES (uuid(), ?, ?)",
        kong.workspace + ":a", kong.workspace);
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, consumer_id, ws_id) VALUES (uuid(), ?, uuid(), ?)",
        kong.workspace + ":k", kong.workspace);
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, consumer_id, ws_id) VALUES (uuid(), 'bare', ?, ?)",
        consumer, kong.workspace);
    kong.blue(
        "INSERT INTO %s.plugins (id, name, cache_key, ws_id) VALUES (uuid(), 'p', 'plugins:q:::::', uuid())");
    sides.copy(policy);

    Comparison.Result result = sides.compare(policy);

    assertThat(result.equal()).isTrue();
    assertThat(result.findings().counts())
        .isEqualTo(
            Map.of(
                Kind.ORPHANS, 1L,
                Kind.DOUBLED, 1L,
                Kind.TAGS, 1L,
                Kind.CACHEKEY, 1L,
                Kind.FOREIGNWS, 1L,
                Kind.PREFIX, 1L));
    assertThat(result.findings().text())
        .isEqualTo("orphans=1,doubled=1,tags=1,cacheKey=1,foreignWorkspace=1,prefix=1");
  }

  @Test
  void the_digest_of_the_configuration_is_blue_s_alone_and_does_not_count_what_ends()
      throws Exception {
    kong.consumer("a", Set.of("t"));
    String copied = sides.copy(policy).config().whole();
    kong.blue("INSERT INTO %s.keyauth_credentials (id, key) VALUES (uuid(), 'k') USING TTL 5000");
    kong.blue("INSERT INTO %s.sessions (id, data) VALUES (uuid(), 'd')");
    assertThat(sides.compare(policy).config().whole()).isEqualTo(copied);

    kong.consumer("b", Set.of());

    Comparison.Result result = sides.compare(policy);
    assertThat(result.config().whole()).isNotEqualTo(copied);
    assertThat(result.config().byTable()).contains("consumers=").contains("tags=");
  }
}
