package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.inventory.Secret;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Json;
import io.changeover.migrator.observe.Release;
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

class SettingChangeChecksTest {

  private static final Release V0_36 = new Release(0, 36, 0);
  private static final Release V1_3 = new Release(1, 3, 0);
  private static final Release V1_5 = new Release(1, 5, 0);
  private static final Release V2_1 = new Release(2, 1, 4);
  private static final Release V2_2 = new Release(2, 2, 2);

  @TempDir Path folder;
  private final Map<String, JsonNode> running = new TreeMap<>();
  private Optional<Set<String>> inUse = Optional.of(Set.of("acl"));
  private boolean cassandra;

  private KongTarget sets(String... names) throws IOException {
    Path nothing = Files.writeString(folder.resolve("empty.conf"), "");
    Map<String, Secret> environment = new TreeMap<>();
    Stream.of(names).forEach(name -> environment.put(name, Secret.of("secret-value")));
    return new KongTarget(List.of("/opt/kong"), Optional.of(nothing.toString()), environment);
  }

  private List<Finding> found(Release from, Release to, KongTarget blue, KongTarget green) {
    Findings findings = new Findings();
    SettingChangeChecks.look(
        from,
        to,
        new SettingChangeChecks.Known(List.of(blue), List.of(green), running, inUse, cassandra),
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
        .containsExactly("setting.effect mem_cache_size");
    assertThat(told(found(V1_3, V1_5, sets(), sets()))).containsExactly("setting.none no");
    assertThat(told(found(V2_1, V2_2, sets(), sets()))).containsExactly("setting.none no");
    assertThat(found(V2_2, V2_2, sets(), sets())).isEmpty();
  }

  @Test
  void what_was_removed_is_named_with_the_place_where_it_is_set() throws IOException {
    List<Finding> found = found(V0_36, V1_3, sets(), sets("KONG_CUSTOM_PLUGINS"));
    assertThat(found)
        .filteredOn(one -> one.getCode().equals("setting.removed"))
        .singleElement()
        .satisfies(one -> assertThat(one.getSeverity()).isEqualTo(Severity.WARNING))
        .satisfies(
            one ->
                assertThat(one.getEvidence())
                    .contains("KONG_CUSTOM_PLUGINS in the inventory", "UPGRADE.md, 1.0"))
        .satisfies(one -> assertThat(one.getRemedy()).contains("set plugins for green"));
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
        .containsExactly("setting.effect mem_cache_size");
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
    assertThat(told(found(V0_36, V1_3, sets(), sets())))
        .doesNotContain("setting.default cassandra_lb_policy");
    cassandra = true;
    assertThat(told(found(V0_36, V1_3, sets(), sets())))
        .contains("setting.default cassandra_lb_policy");
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
