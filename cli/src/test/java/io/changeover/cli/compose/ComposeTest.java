package io.changeover.cli.compose;

import static io.changeover.cli.compose.Compose.map;
import static io.changeover.cli.compose.Compose.strings;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.PostgresDatastore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No Docker engine runs where this is built, so the compose file is held to what it names: paths,
/// ports, variables, health checks, and the inventory and router configuration beside it.
class ComposeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = ROOT.resolve("examples/compose");
  private static final List<String> FROM_HOST = List.of("/var/run/docker.sock");

  private final Compose compose = Compose.read(ROOT);
  private final String dockerfile = read(ROOT.resolve("Dockerfile"));

  @Test
  void every_service_of_ours_is_a_stage_of_the_dockerfile_and_a_module() {
    assertThat(compose.own())
        .containsExactlyInAnyOrder(
            "planner-service", "migrator-service", "traffic-service", "exporter-service");
    for (var service : compose.own()) {
      var build = map(compose.service(service).get("build"));
      assertThat(dockerfile).contains("FROM base AS " + build.get("target") + "\n");
      assertThat(ROOT.resolve(String.valueOf(build.get("dockerfile")))).exists();
      assertThat(ROOT.resolve(String.valueOf(build.get("target"))).resolve("pom.xml")).exists();
    }
  }

  @Test
  void every_file_that_the_dockerfile_takes_is_one_that_the_build_makes() {
    var version = version(read(ROOT.resolve("pom.xml")));
    var copies =
        Pattern.compile("COPY --from=build /src/(\\S+)/target/(\\S+) ").matcher(dockerfile);
    var jars = new TreeSet<String>();
    while (copies.find()) {
      assertThat(ROOT.resolve(copies.group(1))).isDirectory();
      assertThat(copies.group(2)).isIn("lib", copies.group(1) + "-" + version + ".jar");
      jars.add(copies.group(1));
    }
    assertThat(jars).containsExactlyInAnyOrderElementsOf(compose.own());
  }

  @Test
  void every_path_mounted_from_the_host_exists_and_every_named_volume_is_declared() {
    var declared = map(compose.document().get("volumes")).keySet();
    for (var service : compose.services()) {
      for (var volume : compose.volumes(service)) {
        var host = volume.substring(0, volume.indexOf(':'));
        if (host.startsWith(".")) {
          assertThat(ROOT.resolve(host)).as("volume of %s", service).exists();
        } else if (!FROM_HOST.contains(host)) {
          assertThat(declared).as("volume of %s", service).contains(host);
        }
      }
    }
  }

  @Test
  void the_backup_folder_is_a_volume_of_both_that_write_into_it_and_theirs_in_the_image() {
    var folder = cluster().upgrade().backup().folder();
    for (var service : List.of("exporter-service", "migrator-service")) {
      assertThat(compose.volumes(service)).as(service).contains("backups:" + folder);
      var stage = dockerfile.substring(dockerfile.indexOf("FROM base AS " + service));
      assertThat(stage.substring(0, (stage + "\nFROM").indexOf("\nFROM")))
          .as(service)
          .contains("mkdir -p " + folder + " && chown changeover " + folder);
    }
  }

  @Test
  void every_published_port_is_one_that_its_service_listens_on() {
    var haproxy = read(EXAMPLE.resolve("haproxy.cfg"));
    for (var service : compose.services()) {
      for (int port : compose.ports(service)) {
        switch (service) {
          case "haproxy" -> assertThat(haproxy).contains("bind :" + port + "\n");
          case "kafka" ->
              assertThat(String.valueOf(compose.environment(service).get("KAFKA_LISTENERS")))
                  .contains(":" + port);
          case "prometheus" -> assertThat(port).isEqualTo(9090);
          default ->
              assertThat(dockerfile)
                  .contains("MICRONAUT_SERVER_PORT=" + port, "EXPOSE " + port + "\n");
        }
      }
    }
  }

  @Test
  void every_variable_of_a_service_of_ours_sets_a_property_that_it_has() {
    for (var service : compose.own()) {
      var known = properties(service);
      for (var name : compose.environment(service).keySet()) {
        if (!name.equals("KONG_PG_PASSWORD")) {
          assertThat(known).as("%s of %s", name, service).contains(normalized(name));
        }
      }
    }
  }

  @Test
  void every_variable_taken_from_the_host_has_a_default() {
    assertThat(compose.variablesWithoutDefault()).isEmpty();
  }

  @Test
  void every_service_that_somebody_waits_for_has_the_check_that_they_wait_on() {
    for (var service : compose.services()) {
      var needs = compose.service(service).get("depends_on");
      if (needs != null) {
        map(needs)
            .forEach(
                (needed, condition) -> {
                  assertThat(compose.services()).contains(needed);
                  if ("service_healthy".equals(map(condition).get("condition"))) {
                    assertThat(compose.service(needed))
                        .as("%s waits for %s", service, needed)
                        .containsKey("healthcheck");
                  }
                });
      }
    }
  }

  @Test
  void every_health_check_asks_what_its_service_is_set_up_as() {
    for (var service : compose.services()) {
      var check = compose.service(service).get("healthcheck");
      if (check == null) {
        continue;
      }
      var test = strings(map(check).get("test"));
      switch (service) {
        case "kafka" -> {
          assertThat(test)
              .containsExactly(
                  "CMD",
                  "/opt/kafka/bin/kafka-broker-api-versions.sh",
                  "--bootstrap-server",
                  "kafka:9092");
          assertThat(listeners("KAFKA_LISTENERS")).contains("PLAINTEXT://:9092");
          assertThat(listeners("KAFKA_ADVERTISED_LISTENERS")).contains("PLAINTEXT://kafka:9092");
        }
        case "postgres", "kong-database" ->
            assertThat(test)
                .containsExactly("CMD", "pg_isready", "-U", variable(service, "POSTGRES_USER"));
        case "kong-blue-1" -> assertThat(test).containsExactly("CMD", "kong", "health");
        case "haproxy" -> {
          assertThat(test.subList(0, 5)).containsExactly("CMD", "haproxy", "-c", "-q", "-f");
          assertThat(compose.volumes("haproxy"))
              .contains("./examples/compose/haproxy.cfg:" + test.get(5) + ":ro");
        }
        default -> throw new AssertionError("nobody looks at the health check of " + service);
      }
    }
    assertThat(dockerfile)
        .contains(
            "HEALTHCHECK",
            "http://127.0.0.1:8080/health",
            "MICRONAUT_SERVER_PORT=8080",
            "USER changeover");
  }

  @Test
  void whoever_needs_a_database_or_the_broker_has_its_host_port_user_name_and_password() {
    assertThat(variable("planner-service", "DATASOURCES_DEFAULT_URL"))
        .isEqualTo("jdbc:postgresql://postgres:5432/" + variable("postgres", "POSTGRES_DB"));
    assertThat(variable("planner-service", "DATASOURCES_DEFAULT_USERNAME"))
        .isEqualTo(variable("postgres", "POSTGRES_USER"));
    assertThat(variable("planner-service", "DATASOURCES_DEFAULT_PASSWORD"))
        .isEqualTo(variable("postgres", "POSTGRES_PASSWORD"));
    for (var kong : List.of("kong-bootstrap", "kong-blue-1", "kong-green-1")) {
      assertThat(variable(kong, "KONG_DATABASE")).isEqualTo("postgres");
      assertThat(compose.services()).contains(variable(kong, "KONG_PG_HOST"));
      assertThat(variable(kong, "KONG_PG_HOST")).isEqualTo("kong-database");
      assertThat(variable(kong, "KONG_PG_USER"))
          .isEqualTo(variable("kong-database", "POSTGRES_USER"));
      assertThat(variable(kong, "KONG_PG_DATABASE"))
          .isEqualTo(variable("kong-database", "POSTGRES_DB"));
      assertThat(variable(kong, "KONG_PG_PASSWORD"))
          .isEqualTo(variable("kong-database", "POSTGRES_PASSWORD"));
    }
    for (var service : compose.own()) {
      assertThat(listeners("KAFKA_ADVERTISED_LISTENERS"))
          .as(service)
          .contains("PLAINTEXT://" + variable(service, "KAFKA_BOOTSTRAP_SERVERS"));
    }
    var datastore = (PostgresDatastore) cluster().datastore();
    assertThat(datastore.database()).isEqualTo(variable("kong-database", "POSTGRES_DB"));
    assertThat(datastore.user()).isEqualTo(variable("kong-database", "POSTGRES_USER"));
  }

  private String variable(String service, String name) {
    assertThat(compose.environment(service)).as(service).containsKey(name);
    return String.valueOf(compose.environment(service).get(name));
  }

  private List<String> listeners(String name) {
    return List.of(variable("kafka", name).split(",", -1));
  }

  @Test
  void the_inventory_names_hosts_ports_and_containers_of_the_compose_file() {
    var cluster = cluster();
    assertThat(((PostgresDatastore) cluster.datastore()).host()).isEqualTo("kong-database");
    for (var version : cluster.versions().values()) {
      for (var node : version.nodes()) {
        var service = compose.service(node.name());
        assertThat(service.get("image")).isEqualTo("kong:" + version.version());
        assertListens(node.name(), "KONG_ADMIN_LISTEN", node.admin());
        assertListens(node.name(), "KONG_PROXY_LISTEN", node.proxy());
        node.status().ifPresent(status -> assertListens(node.name(), "KONG_STATUS_LISTEN", status));
        assertThat(version.command())
            .containsExactly(
                "docker",
                "exec",
                compose.document().get("name") + "-" + node.name() + "-1",
                "kong");
      }
    }
  }

  @Test
  void every_secret_that_the_inventory_refers_to_is_given_to_the_services_that_read_it() {
    var inventory = read(EXAMPLE.resolve("inventory/compose.yaml"));
    var reference = Pattern.compile("\\$\\{env:([A-Z_]+)}").matcher(inventory);
    assertThat(reference.find()).isTrue();
    do {
      for (var service : List.of("migrator-service", "exporter-service")) {
        assertThat(compose.environment(service)).as(service).containsKey(reference.group(1));
      }
    } while (reference.find());
  }

  @Test
  void the_router_has_every_server_of_the_inventory_in_both_backends() {
    var haproxy = read(EXAMPLE.resolve("haproxy.cfg"));
    var text = read(EXAMPLE.resolve("inventory/compose.yaml"));
    var proxy = section(haproxy, "backend kong_proxy");
    var admin = section(haproxy, "backend kong_admin");
    cluster()
        .versions()
        .values()
        .forEach(
            version ->
                version
                    .nodes()
                    .forEach(
                        node -> {
                          assertThat(proxy)
                              .contains(
                                  "server "
                                      + node.server()
                                      + " "
                                      + node.name()
                                      + ":"
                                      + node.proxy().getPort());
                          assertThat(admin)
                              .contains(
                                  "server "
                                      + node.server()
                                      + " "
                                      + node.name()
                                      + ":"
                                      + node.admin().getPort());
                        }));
    assertThat(text)
        .contains(
            "runtime: tcp://haproxy:9999",
            "backend: kong_proxy",
            "adminBackend: kong_admin",
            "adminFront: http://haproxy:8001",
            "syslog: \"0.0.0.0:5514\"");
    assertThat(haproxy)
        .contains("stats socket ipv4@0.0.0.0:9999 level admin", "log traffic-service:5514 ");
    var freeze = read(EXAMPLE.resolve("changeover-freeze.map"));
    assertThat(admin)
        .contains("http-request deny", "map_str(/usr/local/etc/haproxy/changeover-freeze.map,");
    assertThat(freeze).isEqualTo("kong_admin open\n");
    assertThat(compose.volumes("haproxy"))
        .anyMatch(volume -> volume.contains(":/usr/local/etc/haproxy/changeover-freeze.map:"));
  }

  @Test
  void haproxy_takes_its_configuration(@TempDir Path folder) throws Exception {
    var haproxy = Machine.needs("haproxy");
    var local =
        read(EXAMPLE.resolve("haproxy.cfg"))
            .replaceAll("\\b(traffic-service|kong-(blue|green)-1)(?=:\\d)", "127.0.0.1")
            .replace("/usr/local/etc/haproxy/", EXAMPLE + "/");
    var file = Files.writeString(folder.resolve("haproxy.cfg"), local);
    var process =
        new ProcessBuilder(haproxy.toString(), "-c", "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(
            new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isZero();
  }

  @Test
  void prometheus_scrapes_every_service_of_ours() {
    var jobs = (List<?>) Compose.yaml(EXAMPLE.resolve("prometheus.yml")).get("scrape_configs");
    assertThat(jobs).hasSize(1);
    assertThat(String.valueOf(jobs))
        .contains(compose.own().stream().map(service -> service + ":8080").toList())
        .contains("metrics_path=/prometheus");
  }

  private void assertListens(String service, String variable, URI address) {
    assertThat(address.getHost()).isEqualTo(service);
    assertThat(String.valueOf(compose.environment(service).get(variable)))
        .endsWith(":" + address.getPort());
  }

  private static Cluster cluster() {
    return Inventory.load(EXAMPLE.resolve("inventory")).orThrow().cluster("compose").orElseThrow();
  }

  /// The properties that a service has, and the variables that it names, without dots, dashes and
  /// case: as variables set them.
  private static Set<String> properties(String service) {
    var file = ROOT.resolve(service).resolve("src/main/resources/application.yml");
    var known = new TreeSet<String>();
    flatten("", Compose.yaml(file), known);
    var named = Pattern.compile("\\$\\{([A-Z_]+)[:}]").matcher(read(file));
    while (named.find()) {
      known.add(normalized(named.group(1)));
    }
    return known;
  }

  private static void flatten(String path, Map<String, Object> tree, Set<String> known) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map) {
            flatten(path + key + ".", map(value), known);
          } else {
            known.add(normalized(path + key));
          }
        });
  }

  private static String normalized(String name) {
    return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
  }

  private static String section(String configuration, String head) {
    int start = configuration.indexOf("\n" + head + "\n");
    assertThat(start).as(head).isNotNegative();
    int end = configuration.indexOf("\nbackend ", start + 1);
    return configuration.substring(start, end < 0 ? configuration.length() : end);
  }

  private static String version(String pom) {
    var matcher =
        Pattern.compile("<artifactId>changeover</artifactId>\\s*<version>([^<]+)<").matcher(pom);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
