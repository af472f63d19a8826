package io.changeover.sandbox.kong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.sandbox.kong.node.HybridLab.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Hybrid mode on PostgreSQL, as Kong 2.1.4 and 2.2.2 were observed to behave.
class HybridIT {
  private static final String ZEROS = "0".repeat(32);

  @TempDir static Path dir;
  static Lab lab;
  static Map<String, String> certificate;

  @BeforeAll
  static void startLab() throws Exception {
    lab = new Lab(dir);
    certificate = HybridLab.certificate(lab, dir, "cluster");
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  private static HybridLab cluster(String version) {
    return new HybridLab(lab, dir, version, certificate);
  }

  private static void migrate(HybridLab cluster) {
    lab.kong("2.2.2", cluster.database, "migrations", "up");
    lab.kong("2.2.2", cluster.database, "migrations", "finish");
  }

  private static JsonNode listed(Member controlPlane, String path) throws Exception {
    return lab.json(controlPlane.running().admin() + "/clustering/" + path);
  }

  private static String rowOf(Member controlPlane, int count) throws Exception {
    HybridLab.await(
        count + " rows",
        controlPlane,
        () -> listed(controlPlane, "data-planes").path("data").size() == count);
    return listed(controlPlane, "data-planes")
        .path("data")
        .path(count - 1)
        .path("config_hash")
        .asText();
  }

  @ParameterizedTest
  @CsvSource({"2.1.4,rw-rw-rw-", "2.2.2,rw-------"})
  void a_data_plane_follows_its_control_plane_and_serves_on_without_it(
      String version, String permissions) throws Exception {
    HybridLab cluster = cluster(version);
    int port = HybridLab.port();
    Member data = cluster.dataPlane(version, port, HybridLab.RARE_PINGS);
    assertThat(cluster.status(data, "/a")).isEqualTo(404);
    assertThat(
            lab.json(data.running().status() + "/status")
                .path("database")
                .path("reachable")
                .asBoolean())
        .isTrue();
    assertThat(lab.get(data.running().status() + "/").statusCode()).isEqualTo(404);
    assertThat(catchThrowable(() -> lab.get(data.running().admin())))
        .isInstanceOf(IOException.class);

    Member control = cluster.controlPlane(version, port);
    assertThat(catchThrowable(() -> cluster.status(control, "/a"))).isInstanceOf(IOException.class);
    cluster.route(control, "a");
    cluster.awaitServed(data, "/a");
    cluster.route(control, "b");
    cluster.awaitServed(data, "/b");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.cache())))
        .isEqualTo(permissions);

    cluster.close(control);
    cluster.awaitLogged(
        data,
        "error while receiving frame from control plane: failed to receive the first 2 bytes: closed");
    cluster.awaitLogged(data, " broken: failed to connect: unknown error");
    data.running().node().reload(lab.settings(version, Map.of(), data.running().settings()));
    cluster.awaitLogged(data, "found cached copy of data-plane config, loading..");
    cluster.awaitServed(data, "/b");
    cluster.close(data);

    Member again = cluster.dataPlane(version, port, data.prefix(), HybridLab.RARE_PINGS);
    assertThat(cluster.status(again, "/b")).isEqualTo(200);
    Files.delete(again.cache());
    again.running().node().reload(lab.settings(version, Map.of(), again.running().settings()));
    HybridLab.await(
        "404 after a reload without a cache", again, () -> cluster.status(again, "/b") == 404);
  }

  @Test
  void an_older_data_plane_refuses_what_a_newer_control_plane_sends_and_keeps_its_last()
      throws Exception {
    HybridLab cluster = cluster("2.1.4");
    int port = HybridLab.port();
    Member old = cluster.controlPlane("2.1.4", port);
    cluster.route(old, "a");
    Member data = cluster.dataPlane("2.1.4", port, HybridLab.FREQUENT_PINGS);
    cluster.awaitServed(data, "/a");
    migrate(cluster);
    cluster.route(old, "b");
    cluster.awaitServed(data, "/b");
    HybridLab.await(
        "the hash of what the data plane has",
        old,
        () -> listed(old, "status").findValuesAsText("config_hash").equals(List.of(data.hash())));
    cluster.close(old);

    Member control = cluster.controlPlane("2.2.2", port);
    cluster.awaitLogged(
        data,
        """
        clustering.lua:182: unable to update running config: bad config received from control plane in 'routes':
          - in entry 1 of 'routes':
            in 'request_buffering': unknown field
            in 'response_buffering': unknown field
        """);
    cluster.route(control, "c");
    Member newer = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(newer, "/c");
    assertThat(cluster.status(data, "/a")).isEqualTo(200);
    assertThat(cluster.status(data, "/c")).isEqualTo(404);
    // It looks like any other, with its old hash and a fresh ping.
    HybridLab.await(
        "the old hash",
        control,
        () ->
            listed(control, "data-planes")
                .path("data")
                .findValuesAsText("config_hash")
                .contains(data.hash()));
    assertThat(control.log()).doesNotContain("[error]");
    cluster.close(data);

    Member restarted = cluster.dataPlane("2.1.4", port, data.prefix(), HybridLab.RARE_PINGS);
    assertThat(cluster.status(restarted, "/b")).isEqualTo(200);
    assertThat(cluster.status(restarted, "/c")).isEqualTo(404);

    Member fresh = cluster.dataPlane("2.1.4", port, HybridLab.RARE_PINGS);
    cluster.awaitLogged(fresh, "unable to update running config");
    assertThat(cluster.status(fresh, "/a")).isEqualTo(404);
    assertThat(fresh.cache()).doesNotExist();
    cluster.awaitLogged(
        control,
        "clustering.lua:431: unable to update clustering data plane status: [postgres] schema violation (config_hash: length must be 32)");
    // The two of 2.1 that had a configuration, and the one of 2.2; the fresh one is not listed.
    assertThat(listed(control, "data-planes").path("data").size()).isEqualTo(3);
  }

  @Test
  void a_newer_data_plane_takes_an_older_configuration_but_not_the_other_way_round()
      throws Exception {
    HybridLab cluster = cluster("2.1.4");
    int port = HybridLab.port();
    Member control = cluster.controlPlane("2.1.4", port);
    cluster.route(control, "a");
    Member newer = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(newer, "/a");
    HybridLab.await("an entry", control, () -> listed(control, "status").size() == 1);
    JsonNode entry = listed(control, "status").iterator().next();
    assertThat(entry.fieldNames())
        .toIterable()
        .containsExactly("config_hash", "last_seen", "ip", "hostname");
    assertThat(lab.get(control.running().admin() + "/clustering/data-planes").statusCode())
        .isEqualTo(404);
    cluster.close(newer);

    Member older = cluster.dataPlane("2.1.4", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(older, "/a");
    cluster.close(older);
    cluster.close(control);

    Member fromOldCache = cluster.dataPlane("2.2.2", port, older.prefix(), HybridLab.RARE_PINGS);
    assertThat(cluster.status(fromOldCache, "/a")).isEqualTo(200);
    cluster.close(fromOldCache);

    migrate(cluster);
    Member upgraded = cluster.controlPlane("2.2.2", port);
    Member written = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(written, "/a");
    cluster.close(written);
    cluster.close(upgraded);

    Member fromNewCache = cluster.dataPlane("2.1.4", port, written.prefix(), HybridLab.RARE_PINGS);
    assertThat(fromNewCache.log())
        .contains(
            "clustering.lua:439: init_worker(): unable to running config from cache: bad config received from control plane in 'routes':");
    assertThat(cluster.status(fromNewCache, "/a")).isEqualTo(404);
  }

  @Test
  void a_hash_lags_and_is_equal_only_after_a_push() throws Exception {
    HybridLab cluster = cluster("2.2.2");
    // Who has changed something pushes again later; a data plane that is there by then pings again.
    Member writer = cluster.controlPlane("2.2.2", HybridLab.port());
    cluster.route(writer, "a");
    cluster.close(writer);
    int port = HybridLab.port();
    Member control = cluster.controlPlane("2.2.2", port);
    Member one = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(one, "/a");
    // It pinged before it had applied anything, and will not for long.
    assertThat(rowOf(control, 1)).isEqualTo(ZEROS);
    JsonNode row = listed(control, "data-planes").path("data").path(0);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "ip", "hostname", "last_seen", "config_hash", "ttl");
    assertThat(row.path("ttl").asLong()).isBetween(1_209_000L, 1_209_600L);
    var deprecated = lab.get(control.running().admin() + "/clustering/status");
    assertThat(deprecated.headers().firstValue("Deprecation")).contains("true");
    assertThat(
            lab.json(control.running().admin() + "/clustering/status")
                .path(row.path("id").asText())
                .isObject())
        .isTrue();
    cluster.close(one);

    // Every start is one more row; with a cache it has a hash from the beginning.
    Member first = cluster.dataPlane("2.2.2", port, one.prefix(), HybridLab.FREQUENT_PINGS);
    Member second = cluster.dataPlane("2.2.2", port, HybridLab.FREQUENT_PINGS);
    cluster.awaitServed(second, "/a");
    HybridLab.await(
        "three hashes, one of them zeros",
        control,
        () -> hashes(control).distinct().count() == 3 && hashes(control).toList().contains(ZEROS));

    cluster.route(control, "b");
    cluster.awaitServed(first, "/b");
    cluster.awaitServed(second, "/b");
    HybridLab.await("one hash of both", control, () -> hashes(control).distinct().count() == 2);
    assertThat(Files.readAllBytes(first.cache())).isEqualTo(Files.readAllBytes(second.cache()));
  }

  private static Stream<String> hashes(Member control) throws Exception {
    return listed(control, "data-planes").path("data").findValuesAsText("config_hash").stream();
  }

  @Test
  void an_older_control_plane_does_not_pass_on_what_a_newer_one_changed() throws Exception {
    HybridLab cluster = cluster("2.2.2");
    int oldPort = HybridLab.port();
    int newPort = HybridLab.port();
    Member old = cluster.controlPlane("2.1.4", oldPort);
    Member control = cluster.controlPlane("2.2.2", newPort);
    Member oldData = cluster.dataPlane("2.1.4", oldPort, HybridLab.RARE_PINGS);
    Member data = cluster.dataPlane("2.2.2", newPort, HybridLab.RARE_PINGS);
    cluster.route(old, "a");
    cluster.awaitServed(oldData, "/a");
    control.running().node().poll();
    cluster.awaitServed(data, "/a");

    cluster.route(control, "b");
    cluster.awaitServed(data, "/b");
    old.running().node().poll();
    // What the old one sends next is its own change; had it sent b on its own, it came before c.
    assertThat(cluster.status(oldData, "/b")).isEqualTo(404);
    cluster.route(old, "c");
    cluster.awaitServed(oldData, "/c");
    assertThat(cluster.status(oldData, "/b")).isEqualTo(200);

    lab.create(
        control.running().admin() + "/plugins",
        "{'name':'rate-limiting','config':{'minute':100,'policy':'local','limit_by':'path','path':'/x'}}");
    cluster.route(old, "d");
    cluster.awaitLogged(
        oldData, "in 'limit_by': expected one of: consumer, credential, ip, service, header");
    assertThat(oldData.log()).doesNotContain("'path': unknown field");
    assertThat(cluster.status(oldData, "/d")).isEqualTo(404);
    assertThat(cluster.status(oldData, "/c")).isEqualTo(200);
  }

  @Test
  void a_data_plane_lacks_a_plugin_or_a_database_to_count_in() throws Exception {
    HybridLab cluster = cluster("2.2.2");
    int port = HybridLab.port();
    Member control = cluster.controlPlane("2.2.2", port);
    cluster.route(control, "a");
    Member data = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    cluster.awaitServed(data, "/a");
    lab.create(
        control.running().admin() + "/routes/a/plugins",
        "{'name':'rate-limiting','config':{'minute':100}}");
    HybridLab.await("500", data, () -> cluster.status(data, "/a") == 500);
    assertThat(lab.get(data.running().proxy() + "/a").body())
        .isEqualTo("{\"message\":\"An unexpected error occurred\"}");
    assertThat(data.log())
        .contains("policies/init.lua:151: attempt to index local 'policy' (a nil value)");

    Member lacking =
        cluster.dataPlane(
            "2.2.2",
            port,
            dir.resolve("lacking"),
            with(certificate, "plugins", "request-termination"),
            HybridLab.FREQUENT_PINGS);
    cluster.awaitLogged(
        lacking,
        "'name': plugin 'rate-limiting' not enabled; add it to the 'plugins' configuration property");
    assertThat(cluster.status(lacking, "/a")).isEqualTo(404);
    assertThat(Files.size(lacking.cache())).isZero();
    assertThat(rowOf(control, 2)).isNotEmpty();
    assertThat(hashes(control)).contains(ZEROS);
    assertThat(control.log()).doesNotContain("[error]");
  }

  private static String file(Map<String, String> shown) {
    return Objects.requireNonNull(shown.get("cluster_cert"));
  }

  private static Map<String, String> with(Map<String, String> all, String name, String value) {
    Map<String, String> more = new HashMap<>(all);
    more.put(name, value);
    return more;
  }

  @Test
  void only_the_shared_certificate_is_let_in() throws Exception {
    HybridLab cluster = cluster("2.2.2");
    int port = HybridLab.port();
    Member control = cluster.controlPlane("2.2.2", port);
    Map<String, String> other = HybridLab.certificate(lab, dir, "other");
    Member trustsAnother =
        cluster.dataPlane(
            "2.2.2",
            port,
            dir.resolve("trusts"),
            with(certificate, "lua_ssl_trusted_certificate", file(other)),
            HybridLab.RARE_PINGS);
    cluster.awaitLogged(
        trustsAnother, "broken: tls handshake failed: 18: self signed certificate (retrying");
    Member showsAnother =
        cluster.dataPlane(
            "2.2.2",
            port,
            dir.resolve("shows"),
            with(other, "lua_ssl_trusted_certificate", file(certificate)),
            HybridLab.RARE_PINGS);
    cluster.awaitLogged(
        showsAnother, "broken: failed to receive response header: closed (retrying");
    cluster.awaitLogged(
        control,
        "validate_shared_cert(): Data Plane presented incorrect client certificate during handshake");
  }

  @Test
  void an_older_data_plane_does_not_end_while_it_is_connected() throws Exception {
    HybridLab cluster = cluster("2.2.2");
    int port = HybridLab.port();
    Member control = cluster.controlPlane("2.1.4", port);
    cluster.route(control, "a");
    Member older = cluster.dataPlane("2.1.4", port, HybridLab.RARE_PINGS);
    Member newer = cluster.dataPlane("2.2.2", port, HybridLab.RARE_PINGS);
    Member alone = cluster.dataPlane("2.1.4", HybridLab.port(), HybridLab.RARE_PINGS);
    cluster.awaitServed(older, "/a");
    cluster.awaitServed(newer, "/a");

    CompletableFuture<Void> olderEnds = older.running().node().quit();
    newer.running().node().quit().get(60, TimeUnit.SECONDS);
    alone.running().node().quit().get(60, TimeUnit.SECONDS);

    HybridLab.await(
        "refused connections",
        older,
        () -> catchThrowable(() -> cluster.status(older, "/a")) instanceof IOException);
    assertThat(olderEnds).isNotDone();
    assertThat(control.running().node().quit()).isNotDone();
  }
}
