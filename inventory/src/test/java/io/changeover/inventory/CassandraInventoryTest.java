package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.CopyPolicy.Export;
import io.changeover.inventory.CopyPolicy.Family;
import io.changeover.inventory.CopyPolicy.Way;
import io.changeover.inventory.CopyPolicy.WeightZero;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraInventoryTest {

  private static final String SMALLEST =
      "contactPoints: [c1, c2], localDatacenter: dc1, green: {keyspace: kong_22}";

  @TempDir Path dir;
  Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void open() {
    folder = new Folder(dir);
  }

  private static String cluster(String cassandra) {
    return Folder.SMALL.replace(
        "postgres: {host: db, database: kong, user: kong}", "cassandra: {" + cassandra + "}");
  }

  private CassandraDatastore datastore(String cassandra) {
    return (CassandraDatastore) folder.with("a.yml", cluster(cassandra)).only().datastore();
  }

  private List<String> gates(String cassandra, String gates) {
    return folder
        .with("a.yaml", cluster(cassandra) + "    upgrade: {gates: " + gates + "}\n")
        .only()
        .upgrade()
        .gates()
        .stream()
        .map(gate -> gate.name() + " before " + gate.before())
        .toList();
  }

  @Test
  void has_a_careful_default_for_everything_that_may_be_left_out() {
    CassandraStore blue =
        new CassandraStore(
            List.of("c1", "c2"), 9042, "dc1", "kong", "", Secret.EMPTY, false, Consistency.QUORUM);
    CassandraStore green =
        new CassandraStore(
            List.of("c1", "c2"),
            9042,
            "dc1",
            "kong_22",
            "",
            Secret.EMPTY,
            false,
            Consistency.QUORUM);
    assertThat(datastore(SMALLEST))
        .isEqualTo(new CassandraDatastore(blue, Optional.of(green), false, CopyPolicy.USUAL));
    assertThat(folder.only().procedure()).isEqualTo(Procedure.KEYSPACE_COPY);
    assertThat(folder.only().upgrade().gates())
        .containsExactly(new Gate(Gate.CONFIRM, "drain-blue", Duration.ofHours(24)));
    assertThat(folder.only().secrets()).isEmpty();
  }

  @Test
  void copies_streaming_with_every_row_kept_unless_told_otherwise() {
    CopyPolicy usual = datastore(SMALLEST).copy();
    assertThat(usual.way()).isEqualTo(Way.COPY);
    assertThat(usual.export()).isEqualTo(Export.CHANGEOVER);
    assertThat(usual.leave()).isEmpty();
    assertThat(usual.include()).isEmpty();
    assertThat(usual.weightZeroTargets()).isEqualTo(WeightZero.KEEP);
    assertThat(usual.expiring()).isEqualTo(Duration.ofSeconds(30));
    assertThat(usual.inFlight()).isEqualTo(256);
    assertThat(usual.ranges()).isEqualTo(4);
    assertThat(usual.readRate()).isZero();
    assertThat(usual.writeRate()).isZero();
    assertThat(usual.folder()).isEqualTo(Path.of("/var/lib/changeover/copy"));
    assertThat(usual.artifacts()).isEqualTo(Path.of("/var/lib/changeover/copy/artifacts"));
    assertThat(usual.key()).isEqualTo(Secret.EMPTY);
  }

  @Test
  void reads_every_key() {
    Cluster cluster =
        Inventory.load(Path.of("src", "test", "resources"))
            .orThrow()
            .cluster("everything-cassandra")
            .orElseThrow();
    CassandraDatastore datastore = (CassandraDatastore) cluster.datastore();
    assertThat(datastore.blue())
        .isEqualTo(
            new CassandraStore(
                List.of("c1.example", "c2.example"),
                9042,
                "dc1",
                "kong",
                "kong",
                Secret.of("${env:KONG_CASSANDRA_PASSWORD}"),
                true,
                Consistency.LOCAL_QUORUM));
    assertThat(datastore.green())
        .contains(
            new CassandraStore(
                List.of("c3.example"),
                9043,
                "dc2",
                "kong",
                "kong22",
                Secret.of("${env:KONG_CASSANDRA_PASSWORD_22}"),
                false,
                Consistency.ALL));
    assertThat(datastore.copy())
        .isEqualTo(
            new CopyPolicy(
                Way.DUMP,
                Export.CHANGEOVER,
                List.of("my_table"),
                Set.of(Family.VITALS, Family.AUDIT),
                WeightZero.DROP,
                Duration.ofMinutes(1),
                512,
                8,
                20_000,
                10_000,
                Path.of("/srv/copy"),
                Path.of("/mnt/green/artifacts"),
                Secret.of("${file:/etc/changeover/dump.key}")));
    assertThat(cluster.secrets())
        .containsExactlyInAnyOrder(
            Secret.of("${env:KONG_CASSANDRA_PASSWORD}"),
            Secret.of("${env:KONG_CASSANDRA_PASSWORD_22}"),
            Secret.of("${file:/etc/changeover/dump.key}"));
  }

  @Test
  void takes_what_green_does_not_say_from_blue() {
    String blue =
        "contactPoints: [c1], port: 9043, localDatacenter: dc1, user: u, password: \"${env:P}\","
            + " tls: true, consistency: ONE, ";
    CassandraDatastore datastore = datastore(blue + "green: {keyspace: kong_22}");
    assertThat(datastore.green())
        .contains(
            new CassandraStore(
                List.of("c1"),
                9043,
                "dc1",
                "kong_22",
                "u",
                Secret.of("${env:P}"),
                true,
                Consistency.ONE));
  }

  @Test
  void lets_the_old_kong_write_its_own_file_where_it_is_told_to() {
    assertThat(datastore(SMALLEST + ", copy: {way: kong-yml, export: kong}").copy().export())
        .isEqualTo(Export.KONG);
    assertThat(datastore(SMALLEST + ", copy: {way: kong-yml}").copy().export())
        .isEqualTo(Export.CHANGEOVER);
  }

  @Test
  void puts_artifacts_into_the_folder_unless_told_otherwise() {
    assertThat(datastore(SMALLEST + ", copy: {folder: /srv/copy}").copy().artifacts())
        .isEqualTo(Path.of("/srv/copy/artifacts"));
  }

  @Test
  void takes_one_keyspace_for_both_versions_as_a_shared_datastore() {
    CassandraDatastore datastore =
        datastore("contactPoints: [c1], localDatacenter: dc1, sameKeyspace: true");
    assertThat(datastore.sameKeyspace()).isTrue();
    assertThat(datastore.green()).isEmpty();
    assertThat(folder.only().procedure()).isEqualTo(Procedure.SHARED_DATASTORE);
    assertThat(folder.only().upgrade().gates())
        .extracting(Gate::before)
        .containsExactly("migrate-finish");
  }

  @Test
  void has_the_confirm_gate_before_the_drain_unless_the_list_is_empty() {
    assertThat(gates(SMALLEST, "[{name: tea, before: cut}]"))
        .containsExactly("tea before cut", "confirm before drain-blue");
    assertThat(gates(SMALLEST, "[]")).isEmpty();
  }

  @Test
  void may_say_how_long_the_loss_gate_stays_open() {
    assertThat(
            gates(
                SMALLEST + ", copy: {way: kong-yml}",
                "[{name: accept-loss, before: export, deadline: 2h}]"))
        .containsExactly("accept-loss before export", "confirm before drain-blue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "localDatacenter: dc1, green: {keyspace: k}|contactPoints: it is missing; expected the key `contactPoints`",
        "contactPoints: [], localDatacenter: dc1, green: {keyspace: k}|contactPoints: no contact point; expected at least one",
        "contactPoints: [a], green: {keyspace: k}|localDatacenter: it is missing",
        "contactPoints: [a], localDatacenter: b|green: it is missing; expected `green: {keyspace: …}`, or `sameKeyspace: true`",
        "contactPoints: [a], localDatacenter: b, sameKeyspace: false|green: it is missing",
        "contactPoints: [a], localDatacenter: b, sameKeyspace: yes|sameKeyspace: `yes`; expected true or false",
        "contactPoints: [a], localDatacenter: b, sameKeyspace: true, green: {keyspace: k}|green: it stands beside `sameKeyspace: true`; expected only one of them",
        "contactPoints: [a], localDatacenter: b, green: {}|green.keyspace: it is missing",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: kong}|green.keyspace: `kong` is blue's; expected another keyspace, or other contact points",
        "contactPoints: [a, b], localDatacenter: b, green: {keyspace: kong, contactPoints: [b, a]}|green.keyspace: `kong` is blue's",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k-2}|green.keyspace: `k-2`; expected a keyspace's name",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k, consistency: ANY}|green.consistency: `ANY`; expected one of ONE, TWO, THREE, QUORUM",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k, port: 0}|green.port: `0`; expected a whole number",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k, password: hunter2}|green.password: a literal secret",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k, keyspaces: k}|green.keyspaces: unknown key `keyspaces`; expected `keyspace`, perhaps",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k}, keyspace: a.b|keyspace: `a.b`; expected a keyspace's name",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k}, tls: on|tls: `on`; expected true or false",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k}, consistency: quorum|consistency: `quorum`; expected one of ONE",
        "contactPoints: [a], localDatacenter: b, green: {keyspace: k}, password: hunter2|password: a literal secret",
      })
  void names_the_place(String cassandra, String error) {
    assertThat(folder.with("a.yaml", cluster(cassandra)).errors())
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith("a.yaml:5 clusters[0].datastore.cassandra." + error)
                    .doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "way: scp|way: `scp`; expected one of copy, dump, kong-yml",
        "way: dump|key: none for `way: dump`, whose files hold credentials; expected a reference",
        "way: dump, key: \"\"|key: none for `way: dump`",
        "way: kong-yml, export: deck|export: `deck`; expected one of changeover, kong",
        "way: dump, key: \"${env:K}\", export: kong|export: `kong` without `way: kong-yml`; expected both, or none",
        "export: kong|export: `kong` without `way: kong-yml`",
        "way: kong-yml, exports: kong|exports: unknown key `exports`; expected `export`, perhaps",
        "key: aGVsbG8=|key: a literal secret",
        "leave: [\"a b\"]|leave[0]: `a b`; expected a table's name",
        "include: [logs]|include[0]: `logs`; expected one of vitals, audit",
        "weightZeroTargets: maybe|weightZeroTargets: `maybe`; expected one of keep, drop",
        "expiring: soon|expiring: `soon`; expected a duration",
        "inFlight: 0|inFlight: `0`; expected a whole number from 1 to 65536",
        "ranges: 2000|ranges: `2000`; expected a whole number from 1 to 1024",
        "readRate: -1|readRate: `-1`; expected a whole number from 0",
        "writeRate: fast|writeRate: `fast`; expected a whole number from 0",
        "folder: copy|folder: `copy`; expected an absolute path",
        "artifacts: copy|artifacts: `copy`; expected an absolute path",
        "ways: copy|ways: unknown key `ways`; expected `way`, perhaps",
      })
  void names_the_place_in_the_copy(String copy, String error) {
    assertThat(folder.with("a.yaml", cluster(SMALLEST + ", copy: {" + copy + "}")).errors())
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith("a.yaml:5 clusters[0].datastore.cassandra.copy." + error));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "copy|gates: [{name: confirm, before: stop-blue}]|gates[0]: `confirm` before stop-blue; expected it before drain-blue",
        "copy|gates: [{name: a, before: migrate-finish}]|gates[0].before: `migrate-finish`; expected one of preflight, preflight-router, freeze-admin, bootstrap, copy, compare, start-green",
        "copy|hooks: [{runbook: a, before: export}]|hooks[0].before: `export`; expected one of preflight",
        "copy|gates: [{name: accept-loss, before: soak}]|gates[0]: `accept-loss` before soak; expected it before export",
        "kong-yml|hooks: [{runbook: a, before: copy}]|hooks[0].before: `copy`; expected one of preflight",
        "copy|backupFormats: [kong-yml]|: `backupFormats` without a backup of PostgreSQL",
        "copy|backup: pg_dump|: `backup: pg_dump` without postgres; expected copy or off",
      })
  void names_the_place_in_the_policy(String way, String policy, String error) {
    String text =
        cluster(SMALLEST + ", copy: {way: " + way + "}") + "    upgrade: {" + policy + "}\n";
    assertThat(folder.with("a.yaml", text).errors())
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith(
                        "a.yaml:11 clusters[0].upgrade"
                            + (error.startsWith(":") ? "" : ".")
                            + error));
  }

  @ParameterizedTest
  @CsvSource({
    "shared-datastore,'green: {keyspace: k}'",
    "keyspace-copy,sameKeyspace: true",
  })
  void refuses_a_procedure_that_does_not_fit(String procedure, String rest) {
    String text = cluster("contactPoints: [a], localDatacenter: b, " + rest);
    assertThat(folder.with("a.yaml", text + "    procedure: " + procedure + "\n").errors())
        .containsExactly(
            "a.yaml:11 clusters[0].procedure: `"
                + procedure
                + "` does not fit the datastore; expected shared-datastore for postgres and for"
                + " cassandra with `sameKeyspace: true`, keyspace-copy for cassandra with `green`, db-less where there is no datastore");
  }
}
