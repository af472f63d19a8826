package io.changeover.exporter.cassandra.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.checkpoint.Checkpoint;
import io.changeover.exporter.cassandra.preflight.Preflight;
import io.changeover.exporter.cassandra.preflight.TargetRows;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CopyPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCopyIT {

  private static Kong kong;
  private static Keyspace source;
  private static Keyspace target;

  @TempDir private Path folder;

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
    source = Keyspace.open(kong.blueStore());
    target = Keyspace.open(kong.greenStore());
  }

  @AfterAll
  static void close() {
    source.close();
    target.close();
  }

  @BeforeEach
  void empty() {
    kong.reset();
  }

  private CopyTally copy() throws IOException, InterruptedException {
    return copy(WriteGate.Seam.NONE, Kong.policy(folder));
  }

  private CopyTally copy(WriteGate.Seam seam, CopyPolicy policy)
      throws IOException, InterruptedException {
    CopyJob job = ((Preflight.Ready) Preflight.look(source, target, policy)).job();
    assertThat(TargetRows.replaceDefaultWorkspace(job)).isEmpty();
    try (Checkpoint checkpoint =
        Checkpoint.open(policy.folder(), "c1", job.fingerprint(), 1_700_000_000_000_000L)) {
      return new BaseCopy(job, checkpoint, Watch.NONE, seam).run();
    }
  }

  private static Set<Map<String, String>> rows(List<Row> rows) {
    return rows.stream().map(Kong::texts).collect(Collectors.toSet());
  }

  @Test
  void every_value_arrives_as_it_was_and_with_the_time_of_its_writing() throws Exception {
    kong.consumer("bob", Set.of("a", "ü-tag"));
    UUID service = UUID.randomUUID();
    kong.blue(
        "INSERT INTO %s.services (partition, id, name, host, port, ca_certificates, ws_id) VALUES ('services', ?, ?, 'h', 80, ?, ?) USING TIMESTAMP 1600000000000001",
        service, kong.workspace + ":s", Set.of(new UUID(1, 2), new UUID(3, 4)), kong.workspace);
    kong.blue(
        "UPDATE %s.services USING TIMESTAMP 1650000000000002 SET host = 'later' WHERE partition = 'services' AND id = ?",
        service);
    kong.blue(
        "INSERT INTO %s.routes (partition, id, hosts, paths, sources, headers, service_id, strip_path, ws_id) VALUES ('routes', ?, ['b', 'a'], ['/x'], {'{\"ip\":\"1.1.1.1\"}'}, {'x-h': {'1', '2'}}, ?, true, ?)",
        UUID.randomUUID(), service, kong.workspace);
    kong.blue(
        "INSERT INTO %s.portal_files (area, path, version, contents, labels) VALUES ('p', '/a', 3, '<html>', {'k': 'v'})");

    CopyTally tally = copy();

    for (String columns :
        List.of(
            "* FROM %s.consumers",
            "* FROM %s.services",
            "* FROM %s.tags",
            "* FROM %s.portal_files",
            "* FROM %s.workspaces",
            "writetime(host), writetime(name), ttl(host) FROM %s.services",
            "maxwritetime(hosts), writetime(strip_path), id, hosts, paths, sources, headers, service_id FROM %s.routes",
            "writetime(contents), maxwritetime(labels) FROM %s.portal_files")) {
      assertThat(rows(kong.greenRows("SELECT " + columns)))
          .describedAs(columns)
          .isNotEmpty()
          .isEqualTo(rows(kong.blueRows("SELECT " + columns)));
    }
    assertThat(tally.rows()).isEqualTo(7);
    assertThat(tally.tables()).isEqualTo(6);
  }

  @Test
  void rows_keep_the_time_they_have_left_and_rows_about_to_end_stay() throws Exception {
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, created_at, ws_id) VALUES (uuid(), 'long', 1600000000000, uuid()) USING TTL 5000");
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, created_at, ws_id) VALUES (uuid(), 'ending', 1600000000000, uuid()) USING TTL 20");
    kong.blue(
        "INSERT INTO %s.keyauth_credentials (id, key, created_at, ws_id) VALUES (uuid(), 'ever', 1600000000000, uuid())");
    kong.blue(
        "UPDATE %s.sessions USING TTL 900 SET data = 'd', session_id = 's' WHERE id = ?",
        UUID.randomUUID());

    CopyTally tally = copy();

    Map<String, Integer> ttl =
        kong.greenRows("SELECT key, ttl(key) FROM %s.keyauth_credentials").stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getInt(1)));
    assertThat(ttl).containsOnlyKeys("long", "ever").containsEntry("ever", 0);
    int left =
        kong.blueRows("SELECT key, ttl(key) FROM %s.keyauth_credentials").stream()
            .filter(row -> "long".equals(row.getString(0)))
            .mapToInt(row -> row.getInt(1))
            .sum();
    assertThat(ttl.get("long")).isBetween(left - 1, left + 3);
    assertThat(kong.greenRows("SELECT ttl(data) FROM %s.sessions").getFirst().getInt(0))
        .isBetween(850, 900);
    assertThat(tally.ttlRows()).isEqualTo(2);
    assertThat(tally.skipped()).isEqualTo(1);
  }

  @Test
  void cells_that_end_at_other_times_than_their_row_do_so_in_the_copy() throws Exception {
    UUID id = UUID.randomUUID();
    kong.blue("INSERT INTO %s.consumers (id, username) VALUES (?, 'u')", id);
    kong.blue("UPDATE %s.consumers USING TTL 3000 SET custom_id = 'c' WHERE id = ?", id);

    copy();

    Row row =
        kong.greenRows("SELECT ttl(username), ttl(custom_id), custom_id FROM %s.consumers")
            .getFirst();
    assertThat(row.isNull(0)).isTrue();
    assertThat(row.getInt(1)).isBetween(2900, 3000);
    assertThat(row.getString(2)).isEqualTo("c");
  }

  @Test
  void of_each_target_the_newest_version_moves_and_its_tags_with_it() throws Exception {
    UUID upstream = kong.upstream("u");
    UUID old = kong.target(upstream, "a:80", 1_600_000_000_000L, 100);
    UUID newest = kong.target(upstream, "a:80", 1_600_000_000_500L, 50);
    UUID removed = kong.target(upstream, "b:80", 1_600_000_000_900L, 0);
    kong.target(upstream, "b:80", 1_600_000_000_100L, 10);
    kong.tag("targets", old, "t", Set.of("t"));
    kong.tag("targets", newest, "t", Set.of("t"));
    kong.tag("consumers", UUID.randomUUID(), "orphan", Set.of("orphan"));
    kong.tag("no_such_table", UUID.randomUUID(), "x", Set.of("x"));

    CopyTally tally = copy();

    assertThat(kong.greenRows("SELECT id FROM %s.targets"))
        .extracting(row -> row.getUuid(0))
        .containsExactlyInAnyOrder(newest, removed);
    assertThat(kong.greenRows("SELECT entity_id FROM %s.tags"))
        .extracting(row -> row.getString(0))
        .containsExactly(newest.toString());
    assertThat(tally.fold().before()).isEqualTo(4);
    assertThat(tally.fold().after()).isEqualTo(2);
    assertThat(tally.fold().weightZero()).isEqualTo(1);
  }

  @Test
  void counters_locks_and_what_is_not_asked_for_stay() throws Exception {
    kong.blue(
        "UPDATE %s.ratelimiting_metrics SET value = value + 1 WHERE route_id = uuid() AND service_id = uuid() AND period_date = 0 AND period = 'second' AND identifier = 'i'");
    kong.blue("INSERT INTO %s.locks (key, owner) VALUES ('migrations', 'x')");
    kong.blue("INSERT INTO %s.vitals_codes (id, code) VALUES (uuid(), 1)");

    copy();

    assertThat(kong.greenRows("SELECT * FROM %s.ratelimiting_metrics")).isEmpty();
    assertThat(kong.greenRows("SELECT * FROM %s.locks")).isEmpty();
    assertThat(kong.greenRows("SELECT * FROM %s.vitals_codes")).isEmpty();
    assertThat(kong.greenRows("SELECT id FROM %s.workspaces"))
        .extracting(row -> row.getUuid(0))
        .containsExactly(kong.workspace);
  }

  @Test
  void certificate_chains_of_a_megabyte_arrive_whole() throws Exception {
    String chain = "x".repeat(1_000_000);
    for (int i = 0; i < 40; i++) {
      kong.blue(
          "INSERT INTO %s.certificates (partition, id, cert, key, ws_id) VALUES ('certificates', uuid(), ?, 'k', ?)",
          i + chain, kong.workspace);
    }

    CopyTally tally = copy();

    assertThat(tally.rows()).isEqualTo(41);
    assertThat(rows(kong.greenRows("SELECT id, key, ws_id FROM %s.certificates")))
        .isEqualTo(rows(kong.blueRows("SELECT id, key, ws_id FROM %s.certificates")));
    assertThat(kong.greenRows("SELECT cert FROM %s.certificates"))
        .allMatch(row -> String.valueOf(row.getString(0)).length() >= 1_000_000);
  }
}
