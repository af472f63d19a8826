package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.inventory.Secret;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Json;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingChangeChecksTest {

  private static final Build V1_3 = build("1.3.0");
  private static final Build V1_5 = build("1.5.0");
  private static final Build V2_1 = build("2.1.4");
  private static final Build V2_2 = build("2.2.2");

  @TempDir Path folder;
  private final Map<String, JsonNode> running = new TreeMap<>();
  private Optional<Set<String>> inUse = Optional.of(Set.of("acl"));

  /// Of Community by three numbers, of Enterprise by four.
  private static Build build(String text) {
    return Build.in(text).orElseThrow();
  }

  private KongTarget sets(String... names) throws IOException {
    Path nothing = Files.writeString(folder.resolve("empty.conf"), "");
    Map<String, Secret> environment = new TreeMap<>();
    Stream.of(names).forEach(name -> environment.put(name, Secret.of("secret-value")));
    return new KongTarget(List.of("/opt/kong"), Optional.of(nothing.toString()), environment);
  }

  private List<Finding> found(Build from, Build to, KongTarget blue, KongTarget green) {
    Findings findings = new Findings();
    SettingChangeChecks.look(
        from,
        to,
        new SettingChangeChecks.Known(List.of(blue), List.of(green), running, inUse),
        findings);
    assertThat(findings.all())
        .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("secret-value"));
    return findings.all();
  }

  private static List<String> told(List<Finding> findings) {
    return findings.stream()
        .map(one -> one.getCode() + " " + one.getMessage().split(" ", 2)[0])
        .toList();
  }

  @Test
  void who_sets_nothing_hears_only_of_what_concerns_everybody() throws IOException {
    assertThat(told(found(V1_5, V2_1, sets(), sets())))
        .containsExactly("setting.effect mem_cache_size", "setting.default ssl_cipher_suite");
    assertThat(told(found(V1_5, V2_1, sets(), sets("KONG_SSL_CIPHER_SUITE"))))
        .containsExactly("setting.meaning ssl_cipher_suite", "setting.effect mem_cache_size");
    assertThat(told(found(V1_3, V1_5, sets(), sets()))).containsExactly("setting.none no");
    assertThat(told(found(V2_1, V2_2, sets(), sets()))).containsExactly("setting.none no");
    assertThat(found(V2_2, V2_2, sets(), sets())).isEmpty();
  }

  @Test
  void what_was_removed_is_named_with_the_place_where_it_is_set() throws IOException {
    List<Finding> found = found(V1_5, V2_1, sets(), sets("KONG_ORIGINS"));
    assertThat(found)
        .filteredOn(one -> one.getCode().equals("setting.removed"))
        .singleElement()
        .satisfies(one -> assertThat(one.getSeverity()).isEqualTo(Severity.WARNING))
        .satisfies(
            one ->
                assertThat(one.getEvidence())
                    .contains("KONG_ORIGINS in the inventory", "CHANGELOG.md, 2.0.0"))
        .satisfies(one -> assertThat(one.getRemedy()).contains("take it out"));
  }

  @Test
  void a_setting_of_blues_is_lost_only_where_green_has_nothing_in_its_place() throws IOException {
    KongTarget blue = sets("KONG_CASSANDRA_CONSISTENCY", "KONG_NGINX_HTTP_STATUS_ETAG");
    assertThat(told(found(V1_5, V2_1, blue, sets())))
        .contains(
            "setting.renamed cassandra_consistency", "setting.renamed nginx_http_status_etag");
    assertThat(
            told(
                found(
                    V1_5,
                    V2_1,
                    blue,
                    sets("KONG_CASSANDRA_READ_CONSISTENCY", "KONG_NGINX_STATUS_ETAG"))))
        .noneMatch(finding -> finding.startsWith("setting.renamed"));
  }

  @Test
  void of_a_setting_with_many_names_the_newest_is_asked_for() throws IOException {
    assertThat(found(V1_5, V2_1, sets(), sets("KONG_NGINX_HTTP_UPSTREAM_KEEPALIVE")))
        .filteredOn(one -> one.getCode().equals("setting.renamed"))
        .singleElement()
        .satisfies(one -> assertThat(one.getRemedy()).contains("upstream_keepalive_pool_size"));
  }

  @Test
  void a_file_counts_as_much_as_the_environment() throws IOException {
    Path conf =
        Files.writeString(folder.resolve("kong.conf"), "lua_ssl_trusted_certificate = /a,b\n");
    KongTarget green = new KongTarget(List.of("/opt/kong"), Optional.of(conf.toString()), Map.of());
    assertThat(found(V2_1, V2_2, sets(), green))
        .singleElement()
        .satisfies(one -> assertThat(one.getCode()).isEqualTo("setting.meaning"))
        .satisfies(one -> assertThat(one.getEvidence()).contains(conf.toString()));
  }

  @Test
  void a_running_node_says_what_it_was_given_and_not_what_it_took_by_itself() throws IOException {
    running.put(
        "b1",
        Json.read(
            "{\"nginx_upstream_keepalive\":\"60\",\"upstream_keepalive\":200,\"nginx_http_upstream_keepalive_timeout\":\"60s\"}"));
    assertThat(found(V2_1, V2_2, sets(), sets()))
        .singleElement()
        .satisfies(one -> assertThat(one.getMessage()).startsWith("upstream_keepalive "))
        .satisfies(one -> assertThat(one.getEvidence()).contains("`GET /` of node b1"));
    assertThat(told(found(V2_1, V2_2, sets(), sets("KONG_UPSTREAM_KEEPALIVE_POOL_SIZE"))))
        .containsExactly("setting.none no");
  }

  @Test
  void a_new_default_matters_to_those_alone_whom_it_concerns() throws IOException {
    inUse = Optional.of(Set.of("pre-function"));
    assertThat(told(found(V2_1, V2_2, sets(), sets())))
        .containsExactly("setting.default untrusted_lua");
    assertThat(told(found(V2_1, V2_2, sets(), sets("KONG_UNTRUSTED_LUA"))))
        .containsExactly("setting.none no");
    inUse = Optional.empty();
    assertThat(told(found(V2_1, V2_2, sets(), sets())))
        .as("nobody answered, so that nobody knows")
        .containsExactly("setting.default untrusted_lua");
  }

  @Test
  void what_enterprise_alone_changed_is_told_to_its_clusters_by_name_and_place()
      throws IOException {
    KongTarget green = sets("KONG_AUDIT_LOG_IGNORE_PATHS");
    assertThat(found(build("0.36-4"), build("1.3.0.2"), sets(), green))
        .filteredOn(one -> one.getCode().equals("setting.meaning"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.getMessage())
                    .startsWith("audit_log_ignore_paths ")
                    .endsWith("since 1.3.0.2"))
        .satisfies(
            one ->
                assertThat(one.getEvidence())
                    .contains(
                        "KONG_AUDIT_LOG_IGNORE_PATHS in the inventory", "Enterprise's changelog"));
    Build enterprise = build("2.2.1.4");
    assertThat(told(found(build("2.1.4.0"), enterprise, sets(), sets())))
        .containsExactly("setting.default nginx_user");
    assertThat(told(found(build("2.1.4.0"), enterprise, sets(), sets("KONG_NGINX_MAIN_USER"))))
        .containsExactly("setting.none no");
  }

  @Test
  void a_community_cluster_never_hears_of_what_is_enterprises() throws IOException {
    inUse = Optional.empty();
    KongTarget green =
        sets("KONG_AUDIT_LOG_IGNORE_PATHS", "KONG_UNTRUSTED_LUA", "KONG_SSL_CIPHER_SUITE");
    assertThat(
            Stream.of(
                    found(V1_3, V1_5, sets(), green),
                    found(V1_5, V2_1, sets(), green),
                    found(V2_1, V2_2, sets(), sets()))
                .flatMap(List::stream)
                .map(finding -> finding.getMessage() + finding.getEvidence()))
        .isNotEmpty()
        .noneMatch(words -> words.contains("audit_log") || words.contains("nginx_user"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.0.11, 2.1.4.2, false",
    "1.5.0.11, 2.1.4.3, true",
    "2.1.4.2, 2.2.0.0, false",
    "2.1.4.2, 2.2.1.0, true",
    "2.1.4.3, 2.2.1.4, false",
    "2.1.4.1, 2.1.4.3, true"
  })
  void lua_of_plugins_is_in_a_sandbox_from_a_patch_of_each_line_of_enterprise_on(
      String from, String to, boolean warned) throws IOException {
    inUse = Optional.of(Set.of("exit-transformer"));
    List<String> told = told(found(build(from), build(to), sets(), sets()));
    assertThat(told.contains("setting.default untrusted_lua")).isEqualTo(warned);
  }

  @Test
  void of_a_version_that_leaves_enterprises_own_number_open_the_worse_is_taken()
      throws IOException {
    inUse = Optional.of(Set.of("pre-function"));
    Build open = build("2.1.4-enterprise-edition");
    assertThat(told(found(open, build("2.2.1.4"), sets(), sets())))
        .contains("setting.default untrusted_lua");
    assertThat(told(found(build("1.5.0.11"), open, sets(), sets())))
        .contains("setting.default untrusted_lua");
  }

  @Test
  void a_file_that_nobody_can_read_from_here_is_said() throws IOException {
    KongTarget far = new KongTarget(List.of("ssh", "h", "kong"), Optional.empty(), Map.of());
    assertThat(found(V2_1, V2_2, far, far))
        .singleElement()
        .satisfies(one -> assertThat(one.getCode()).isEqualTo("setting.unseen"))
        .satisfies(one -> assertThat(one.getMessage()).contains("blue and green"))
        .satisfies(one -> assertThat(one.getEvidence()).contains("lua_ssl_trusted_certificate"));
    running.put("b1", Json.read("{}"));
    assertThat(found(V2_1, V2_2, far, far))
        .singleElement()
        .satisfies(one -> assertThat(one.getMessage()).contains("settings of green "));
  }
}
