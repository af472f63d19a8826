package io.changeover.sandbox.kong.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.sandbox.kong.ClusterEvents;
import io.changeover.sandbox.kong.Profile;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.seed.SeedPlan;
import io.changeover.sandbox.seed.Seeder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Admin and Status API, as Kong 2.1.4 and 2.2.2 were observed to answer.
class AdminApiIT {

  @TempDir static Path dir;
  static Lab lab;
  static Lab.Running old;
  static Map<String, String> oldDatabase;

  @BeforeAll
  static void startLab() throws Exception {
    lab = new Lab(dir);
    oldDatabase = lab.bootstrapped("2.1.4");
    old = lab.start("2.1.4", oldDatabase);
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void the_root_tells_version_node_and_masked_configuration() throws Exception {
    HttpResponse<String> answer = lab.get(old.admin() + "/");
    JsonNode root = Lab.JSON.readTree(answer.body());

    assertThat(answer.headers().map())
        .containsEntry("Server", List.of("kong/2.1.4"))
        .containsEntry("Access-Control-Allow-Origin", List.of("*"))
        .containsEntry("Content-Type", List.of("application/json; charset=utf-8"))
        .containsKey("X-Kong-Admin-Latency");
    assertThat(root.path("version").asText()).isEqualTo("2.1.4");
    assertThat(root.path("tagline").asText()).isEqualTo("Welcome to kong");
    assertThat(UUID.fromString(root.path("node_id").asText())).isNotNull();
    JsonNode configuration = root.path("configuration");
    assertThat(configuration.path("database").asText()).isEqualTo("postgres");
    assertThat(configuration.path("pg_database").asText())
        .isEqualTo(oldDatabase.get("KONG_PG_DATABASE"));
    assertThat(configuration.path("pg_password").asText()).isEqualTo("******");
    assertThat(configuration.path("pg_port").isNumber()).isTrue();
    assertThat(configuration.path("plugins").get(0).asText()).isEqualTo("bundled");
    assertThat(configuration.path("db_update_frequency").asInt()).isEqualTo(5);
    assertThat(configuration.path("role").asText()).isEqualTo("traditional");
    assertThat(root.path("plugins").path("available_on_server").path("key-auth").asBoolean())
        .isTrue();
  }

  @Test
  void status_is_the_same_on_both_ports_and_follows_the_database() throws Exception {
    for (String base : List.of(old.admin(), old.status())) {
      JsonNode status = lab.json(base + "/status");
      assertThat(status.path("database").path("reachable").asBoolean()).isTrue();
      assertThat(names(status)).containsExactlyInAnyOrder("database", "memory", "server");
      assertThat(names(status.path("server")))
          .containsExactlyInAnyOrder(
              "connections_accepted",
              "connections_active",
              "connections_handled",
              "connections_reading",
              "connections_waiting",
              "connections_writing",
              "total_requests");
    }
    assertThat(lab.get(old.status() + "/services").statusCode()).isEqualTo(404);

    lab.send("POST", old.admin() + "/__stand-in/faults", "db-unreachable");
    HttpResponse<String> unreachable = lab.get(old.status() + "/status");
    assertThat(unreachable.statusCode()).isEqualTo(200);
    assertThat(unreachable.body()).contains("\"reachable\":false");
    lab.send("POST", old.admin() + "/__stand-in/faults", " ");
  }

  @Test
  void plugins_enabled_and_clustering_answer_as_observed() throws Exception {
    assertThat(lab.get(old.admin() + "/plugins/enabled").body()).contains("\"rate-limiting\"");
    HttpResponse<String> clustering = lab.get(old.admin() + "/clustering/status");
    assertThat(clustering.statusCode()).isEqualTo(400);
    assertThat(clustering.body())
        .isEqualTo(
            "{\"message\":\"this endpoint is only available when Kong is configured to run as Control Plane for the cluster\"}");
  }

  @Test
  void lists_come_in_pages_that_hold_everything_once() throws Exception {
    Map<String, String> env = lab.bootstrapped("2.1.4");
    Store store = lab.store("2.1.4", env);
    SeedPlan plan = new SeedPlan(11, 25, 50, 250, lab.echo.address());
    Seeder.seed(store, Profile.of("2.1.4"), plan, Instant.now());
    Lab.Running node = lab.start("2.1.4", env);

    Set<String> seen = new HashSet<>();
    String next = "/consumers?size=70";
    int pages = 0;
    while (!next.equals("null")) {
      JsonNode page = lab.json(node.admin() + next);
      page.path("data").forEach(row -> seen.add(row.path("id").asText()));
      next = page.path("next").asText();
      pages++;
      if (!next.equals("null")) {
        next += "&size=70";
      }
    }
    assertThat(seen).hasSize(250);
    assertThat(pages).isEqualTo(4);
    assertThat(lab.json(node.admin() + "/consumers").path("data")).hasSize(100);
    assertThat(lab.get(node.admin() + "/consumers?size=0").statusCode()).isEqualTo(400);
    assertThat(lab.get(node.admin() + "/consumers?offset=%21").statusCode()).isEqualTo(400);
    assertThat(lab.json(node.admin() + "/routes?tags=seeded&size=1000").path("data")).hasSize(50);
    assertThat(lab.json(node.admin() + "/services/service-0003/routes").path("data")).hasSize(2);
  }

  @Test
  void an_entity_can_be_made_read_changed_and_removed() throws Exception {
    JsonNode made = lab.create(old.admin() + "/services", "{'name':'crud','host':'h.example'}");
    assertThat(names(made))
        .containsExactlyInAnyOrder(
            "ca_certificates",
            "client_certificate",
            "connect_timeout",
            "created_at",
            "host",
            "id",
            "name",
            "path",
            "port",
            "protocol",
            "read_timeout",
            "retries",
            "tags",
            "tls_verify",
            "tls_verify_depth",
            "updated_at",
            "write_timeout");
    String byName = old.admin() + "/services/crud";
    assertThat(lab.json(byName)).isEqualTo(made);
    HttpResponse<String> changed = lab.send("PATCH", byName, "{\"retries\":2}");
    assertThat(Lab.JSON.readTree(changed.body()).path("retries").asInt()).isEqualTo(2);
    HttpResponse<String> put = lab.send("PUT", byName, "{\"host\":\"other.example\"}");
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(lab.json(byName).path("retries").asInt()).isEqualTo(5);
    assertThat(lab.json(byName).path("id")).isEqualTo(made.path("id"));
    assertThat(lab.send("DELETE", byName, "").statusCode()).isEqualTo(204);
    assertThat(lab.get(byName).statusCode()).isEqualTo(404);
    assertThat(lab.get(byName).body()).isEqualTo("{\"message\":\"Not found\"}");
  }

  @Test
  void wrong_writes_are_refused_with_kongs_codes() throws Exception {
    String services = old.admin() + "/services";
    lab.create(services, "{'name':'taken','host':'h.example'}");

    HttpResponse<String> twice = lab.send("POST", services, "{\"name\":\"taken\",\"host\":\"x\"}");
    assertThat(twice.statusCode()).isEqualTo(409);
    JsonNode violation = Lab.JSON.readTree(twice.body());
    assertThat(violation.path("code").asInt()).isEqualTo(5);
    assertThat(violation.path("name").asText()).isEqualTo("unique constraint violation");
    assertThat(violation.path("message").asText())
        .isEqualTo("UNIQUE violation detected on '{name=\"taken\"}'");

    HttpResponse<String> incomplete = lab.send("POST", services, "{\"name\":\"x\"}");
    assertThat(incomplete.statusCode()).isEqualTo(400);
    assertThat(Lab.JSON.readTree(incomplete.body()).path("message").asText())
        .isEqualTo("schema violation (host: required field missing)");
    HttpResponse<String> buffering =
        lab.send(
            "POST", old.admin() + "/routes", "{\"paths\":[\"/x\"],\"request_buffering\":true}");
    assertThat(buffering.body()).contains("request_buffering: unknown field");
    assertThat(lab.send("POST", services, "{not json").body())
        .isEqualTo("{\"message\":\"Cannot parse JSON body\"}");
    assertThat(lab.send("POST", old.admin() + "/plugins", "{\"name\":\"nonesuch\"}").body())
        .contains("plugin 'nonesuch' not enabled");
    lab.create(services + "/taken/routes", "{'paths':['/taken']}");
    HttpResponse<String> inUse = lab.send("DELETE", services + "/taken", "");
    assertThat(inUse.statusCode()).isEqualTo(400);
    assertThat(inUse.body())
        .contains("an existing 'routes' entity references this 'services' entity");
    assertThat(lab.send("DELETE", services, "").statusCode()).isEqualTo(405);
    assertThat(lab.get(old.admin() + "/nonesuch").statusCode()).isEqualTo(404);
  }

  @Test
  void a_write_at_one_node_is_told_and_seen_at_another() throws Exception {
    Map<String, String> env = lab.bootstrapped("2.2.2");
    Lab.Running writer = lab.start("2.2.2", env);
    Lab.Running reader = lab.start("2.2.2", env);
    Store store = lab.store("2.2.2", env);
    Instant before = store.events().now();
    int port = lab.echo.address().getPort();

    JsonNode service =
        lab.create(
            writer.admin() + "/services",
            "{'name':'s','url':'http://127.0.0.1:%d'}".formatted(port));
    JsonNode route = lab.create(writer.admin() + "/services/s/routes", "{'paths':['/told']}");
    assertThat(lab.get(writer.proxy() + "/told").statusCode()).isEqualTo(200);
    assertThat(lab.get(reader.proxy() + "/told").statusCode()).isEqualTo(404);

    List<String> told = new ArrayList<>();
    for (ClusterEvents.Event event : store.events().since(before, UUID.randomUUID())) {
      told.add(event.channel() + " " + event.data().replaceAll(":[0-9a-f-]{36}$", ":WS"));
    }
    // Those of one write bear one millisecond, and have no order.
    assertThat(told)
        .containsExactlyInAnyOrder(
            "invalidations services:" + service.path("id").asText() + ":::::WS",
            "invalidations routes:" + route.path("id").asText() + ":::::WS",
            "invalidations router:version");

    reader.node().poll();
    awaitStatus(reader.proxy() + "/told", 200);
    assertThat(names(lab.json(writer.admin() + "/routes/" + route.path("id").asText())))
        .contains("request_buffering", "response_buffering");
  }

  private static void awaitStatus(String url, int status) throws Exception {
    Instant limit = Instant.now().plus(Duration.ofSeconds(60));
    while (lab.get(url).statusCode() != status) {
      assertThat(Instant.now()).isBefore(limit);
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void targets_are_a_history_in_the_old_version_and_unique_in_the_new() throws Exception {
    String up = old.admin() + "/upstreams/u1/targets";
    lab.create(old.admin() + "/upstreams", "{'name':'u1'}");
    lab.create(up, "{'target':'127.0.0.1:19000','weight':10}");
    lab.create(up, "{'target':'127.0.0.1:19000','weight':20}");
    assertThat(lab.send("DELETE", up + "/127.0.0.1:19000", "").statusCode()).isEqualTo(204);
    assertThat(lab.json(up).path("data")).isEmpty();
    assertThat(lab.json(up + "/all").path("data")).hasSize(3);
    lab.create(up, "{'target':'127.0.0.1:19000','weight':30}");
    assertThat(lab.send("PATCH", up + "/127.0.0.1:19000", "{\"weight\":1}").statusCode())
        .isEqualTo(405);

    Lab.Running fresh = lab.start("2.2.2", lab.bootstrapped("2.2.2"));
    String once = fresh.admin() + "/upstreams/u1/targets";
    lab.create(fresh.admin() + "/upstreams", "{'name':'u1'}");
    lab.create(once, "{'target':'127.0.0.1:19000','weight':10}");
    HttpResponse<String> again =
        lab.send("POST", once, "{\"target\":\"127.0.0.1:19000\",\"weight\":20}");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.headers().firstValue("Deprecation")).contains("true");
    assertThat(lab.json(once + "/all").path("data")).hasSize(1);
    assertThat(lab.send("DELETE", once + "/127.0.0.1:19000", "").statusCode()).isEqualTo(204);
    assertThat(lab.json(once + "/all").path("data")).isEmpty();
  }

  @Test
  void credentials_hang_under_their_consumer() throws Exception {
    lab.create(old.admin() + "/consumers", "{'username':'carol'}");
    JsonNode made = lab.create(old.admin() + "/consumers/carol/key-auth", "{}");
    assertThat(made.path("key").asText()).hasSize(32);
    assertThat(lab.json(old.admin() + "/consumers/carol/key-auth").path("data")).hasSize(1);
    assertThat(lab.json(old.admin() + "/key-auths/" + made.path("id").asText())).isEqualTo(made);
    JsonNode basic =
        lab.create(
            old.admin() + "/consumers/carol/basic-auth", "{'username':'c','password':'secret'}");
    assertThat(basic.path("password").asText()).matches("[0-9a-f]{40}");
    lab.create(old.admin() + "/consumers/carol/acls", "{'group':'g','tags':['t-carol']}");
    assertThat(
            lab.json(old.admin() + "/tags/t-carol")
                .path("data")
                .get(0)
                .path("entity_name")
                .asText())
        .isEqualTo("acls");
  }
}
