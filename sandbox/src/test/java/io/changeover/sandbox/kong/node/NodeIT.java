package io.changeover.sandbox.kong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxy, as Kong 2.1.4 and 2.2.2 were observed to answer.
class NodeIT {

  @TempDir static Path dir;
  static Lab lab;

  @BeforeAll
  static void startLab() throws Exception {
    lab = new Lab(dir);
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  /// The small cluster that was observed: a keyed service behind /a and a limited route.
  private static Lab.Running observed(String version) throws Exception {
    return observed(version, lab.bootstrapped(version));
  }

  private static Lab.Running observed(String version, Map<String, String> env) throws Exception {
    Lab.Running node = lab.start(version, env);
    String admin = node.admin();
    lab.create(
        admin + "/services",
        "{'name':'svc-a','host':'127.0.0.1','port':%d,'path':'/base'}"
            .formatted(lab.echo.address().getPort()));
    lab.create(
        admin + "/services/svc-a/routes",
        "{'name':'route-a','paths':['/a'],'methods':['GET','POST']}");
    lab.create(admin + "/consumers", "{'username':'alice','custom_id':'c-1'}");
    lab.create(admin + "/consumers/alice/key-auth", "{'key':'alice-key'}");
    lab.create(admin + "/services/svc-a/plugins", "{'name':'key-auth'}");
    lab.create(
        admin + "/routes/route-a/plugins",
        "{'name':'rate-limiting','config':{'minute':100,'policy':'local'}}");
    return node;
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.2.2"})
  void a_proxied_answer_has_kongs_headers(String version) throws Exception {
    Lab.Running node = observed(version);

    HttpResponse<String> answer = lab.get(node.proxy() + "/a/x", "apikey", "alice-key");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map())
        .containsEntry("X-RateLimit-Remaining-Minute", List.of("99"))
        .containsEntry("X-RateLimit-Limit-Minute", List.of("100"))
        .containsEntry("RateLimit-Remaining", List.of("99"))
        .containsEntry("RateLimit-Limit", List.of("100"))
        .containsEntry("Server", List.of("changeover-echo"))
        .containsEntry("Via", List.of("kong/" + version))
        .containsKeys("RateLimit-Reset", "X-Kong-Upstream-Latency", "X-Kong-Proxy-Latency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.2.2"})
  void the_upstream_gets_kongs_headers_in_kongs_order(String version) throws Exception {
    Lab.Running node = observed(version);

    JsonNode echo = Lab.JSON.readTree(lab.get(node.proxy() + "/a/x", "apikey", "alice-key").body());

    assertThat(echo.path("path").asText()).isEqualTo("/base/x");
    List<String> names = new ArrayList<>();
    echo.path("headers").fieldNames().forEachRemaining(names::add);
    names.remove("connection");
    names.removeIf(name -> name.equalsIgnoreCase("Connection") || name.equals("Content-Length"));
    List<String> expected =
        new ArrayList<>(
            List.of(
                "Host",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-Prefix",
                "X-Real-IP",
                "User-Agent",
                "apikey",
                "X-Consumer-ID",
                "X-Consumer-Custom-ID",
                "X-Consumer-Username",
                "X-Credential-Identifier"));
    if (version.equals("2.2.2")) {
      expected.add(5, "X-Forwarded-Path");
    }
    names.removeIf(name -> name.equals("Upgrade") || name.equals("HTTP2-Settings"));
    assertThat(names).containsExactlyElementsOf(expected);
    assertThat(echo.path("headers").path("X-Forwarded-Prefix").asText()).isEqualTo("/a");
    assertThat(echo.path("headers").path("X-Consumer-Username").asText()).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.2.2"})
  void refusals_are_in_kongs_words(String version) throws Exception {
    Lab.Running node = observed(version);

    HttpResponse<String> noKey = lab.get(node.proxy() + "/a/x");
    assertThat(noKey.statusCode()).isEqualTo(401);
    assertThat(noKey.body()).isEqualTo("{\n  \"message\":\"No API key found in request\"\n}");
    assertThat(noKey.headers().map())
        .containsEntry("WWW-Authenticate", List.of("Key realm=\"kong\""))
        .containsEntry("Content-Type", List.of("application/json; charset=utf-8"))
        .containsEntry("Content-Length", List.of("45"))
        .containsEntry("Server", List.of("kong/" + version))
        .containsKey("X-Kong-Response-Latency")
        .doesNotContainKey("Via");

    HttpResponse<String> noRoute = lab.get(node.proxy() + "/nowhere");
    assertThat(noRoute.statusCode()).isEqualTo(404);
    assertThat(noRoute.body()).isEqualTo("{\"message\":\"no Route matched with those values\"}");
    assertThat(noRoute.headers().map())
        .containsEntry("Content-Length", List.of("48"))
        .containsEntry("Server", List.of("kong/" + version));
  }

  @Test
  void a_wrong_key_a_used_up_limit_and_a_dead_upstream_are_told_apart() throws Exception {
    Lab.Running node = observed("2.1.4");
    lab.create(node.admin() + "/services", "{'name':'dead','url':'http://127.0.0.1:1/x'}");
    lab.create(node.admin() + "/services/dead/routes", "{'paths':['/dead']}");
    lab.create(
        node.admin() + "/services/dead/plugins",
        "{'name':'rate-limiting','config':{'minute':2,'limit_by':'ip','policy':'local'}}");

    assertThat(lab.get(node.proxy() + "/a", "apikey", "wrong").body())
        .contains("Invalid authentication credentials");
    assertThat(lab.get(node.proxy() + "/dead").statusCode()).isEqualTo(502);
    assertThat(lab.get(node.proxy() + "/dead").statusCode()).isEqualTo(502);
    HttpResponse<String> over = lab.get(node.proxy() + "/dead");
    assertThat(over.statusCode()).isEqualTo(429);
    assertThat(over.body()).contains("API rate limit exceeded");
    assertThat(over.headers().map()).containsKeys("Retry-After", "RateLimit-Reset");
  }

  @Test
  void an_old_node_serves_on_an_upgraded_schema_beside_a_new_one() throws Exception {
    Map<String, String> env = lab.bootstrapped("2.1.4");
    SeedPlan plan = new SeedPlan(7, 40, 80, 40, lab.echo.address());
    Store store = lab.store("2.1.4", env);
    Seeder.seed(store, Profile.of("2.1.4"), plan, Instant.now());
    Lab.Running blue = lab.start("2.1.4", env);
    assertThat(lab.kong("2.2.2", env, "migrations", "up")).contains("1 pending");
    Lab.Running green = lab.start("2.2.2", env);
    Lab.Running late = lab.start("2.1.4", env);

    for (Lab.Running node : List.of(blue, green, late)) {
      SeedPlan.Call call = plan.call(20, 3, "/x");
      HttpResponse<String> answer = lab.get(node.proxy() + call.path(), "apikey", call.key());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"path\":\"" + call.upstreamPath() + "\"")
          .contains(call.consumer());
      HttpResponse<String> health = lab.get(node.proxy() + SeedPlan.HEALTH_PATH);
      assertThat(health.body()).isEqualTo("{\"message\":\"healthy\"}");
    }
    lab.kong("2.2.2", env, "migrations", "finish");
    assertThat(lab.json(green.admin() + "/upstreams/upstream-0020/targets/all").path("data"))
        .hasSize(2);
  }

  @Test
  void a_new_node_refuses_a_schema_that_it_has_migrations_for() {
    Map<String, String> env = lab.bootstrapped("2.1.4");

    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> lab.start("2.2.2", env)))
        .hasMessageContaining("New migrations available; run 'kong migrations up' to proceed");
  }

  @Test
  void a_share_of_errors_is_exact_and_ends_when_it_is_switched_off() throws Exception {
    Lab.Running node = observed("2.2.2");
    assertThat(lab.send("POST", node.admin() + "/__stand-in/faults", "errors=0.2").statusCode())
        .isEqualTo(200);

    int failed = 0;
    for (int i = 0; i < 50; i++) {
      int status = lab.get(node.proxy() + "/a/x", "apikey", "alice-key").statusCode();
      failed += status == 500 ? 1 : 0;
    }
    assertThat(failed).isEqualTo(10);

    lab.send("POST", node.admin() + "/__stand-in/faults", " ");
    for (int i = 0; i < 10; i++) {
      assertThat(lab.get(node.proxy() + "/a/x", "apikey", "alice-key").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void each_version_of_the_path_serves_what_the_first_was_given() throws Exception {
    Map<String, String> env = lab.bootstrapped("0.36.0");
    Lab.Running node = observed("0.36.0", env);
    assertGuarded(node, "0.36.0");
    for (String version : List.of("1.3.0.2", "1.5.0.7", "2.1.4.0", "2.2.0.0")) {
      lab.kong(version, env, "migrations", "up");
      lab.kong(version, env, "migrations", "finish");
      node = lab.start(version, env);
      assertGuarded(node, version);
      JsonNode root = lab.json(node.admin() + "/");
      assertThat(root.path("version").asText()).isEqualTo(version + "-enterprise-edition");
      lab.create(node.admin() + "/services", "{'name':'of-%s','host':'h'}".formatted(version));
    }
    assertThat(lab.json(node.admin() + "/services").path("data")).hasSize(5);
  }

  private static void assertGuarded(Lab.Running node, String version) throws Exception {
    HttpResponse<String> keyed = lab.get(node.proxy() + "/a/x", "apikey", "alice-key");
    assertThat(keyed.statusCode()).as(version).isEqualTo(200);
    assertThat(keyed.headers().allValues("Via"))
        .containsExactly("kong/" + version + "-enterprise-edition");
    assertThat(lab.get(node.proxy() + "/a/x").statusCode()).as(version).isEqualTo(401);
  }

  /// Why nodes of both versions may not serve at the same time.
  @Test
  void from_1_5_to_2_1_plugins_are_lost_on_one_side_of_finish() throws Exception {
    Map<String, String> env = lab.bootstrapped("1.5.0.7");
    Lab.Running old = observed("1.5.0.7", env);
    lab.kong("2.1.4.0", env, "migrations", "up");
    Lab.Running early = lab.start("2.1.4.0", env);

    assertThat(lab.get(early.proxy() + "/a/x").statusCode()).isEqualTo(200);
    assertGuarded(old, "1.5.0.7");

    lab.kong("2.1.4.0", env, "migrations", "finish");
    assertGuarded(lab.start("2.1.4.0", env), "2.1.4.0");
    assertGuarded(old, "1.5.0.7");
    lab.create(old.admin() + "/services", "{'name':'late','host':'h'}");
    assertThat(lab.get(old.proxy() + "/a/x").statusCode()).isEqualTo(200);
  }

  @Test
  void a_community_cluster_is_that_of_enterprise_afterwards() throws Exception {
    Map<String, String> env = lab.bootstrapped("2.1.4");
    observed("2.1.4", env);
    lab.kong("2.1.4.0", env, "migrations", "up");
    lab.kong("2.1.4.0", env, "migrations", "finish");
    assertGuarded(lab.start("2.1.4.0", env), "2.1.4.0");
  }

  @ParameterizedTest
  @CsvSource({"1.3.0.2, false", "1.5.0.7, true"})
  void the_status_api_came_after_1_3(String version, boolean there) throws Exception {
    Lab.Running node = lab.start(version, lab.bootstrapped(version));
    if (there) {
      assertThat(lab.get(node.status() + "/status").statusCode()).isEqualTo(200);
    } else {
      assertThatThrownBy(() -> lab.get(node.status() + "/status"))
          .isInstanceOf(ConnectException.class);
    }
    assertThat(lab.get(node.admin() + "/status").statusCode()).isEqualTo(200);
  }
}
