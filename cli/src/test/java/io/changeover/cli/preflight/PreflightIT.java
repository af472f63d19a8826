package io.changeover.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.cli.suite.Home;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.sandbox.embedded.FreePorts;
import io.changeover.sandbox.kong.KongMain;
import io.changeover.sandbox.kong.Profile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a person runs it, over an estate of which one cluster answers: a stand-in of
/// 2.1.4 on PostgreSQL, whose nodes do not run. The others are at closed ports, behind a port that
/// takes no more connections, and in a broken file.
class PreflightIT {
  private static final String SECRET = "hunter2-hunter2";

  @TempDir private Path folder;

  @Test
  void two_hundred_clusters_are_looked_at_and_each_that_is_gone_is_a_finding() throws Exception {
    try (EmbeddedPostgresServer postgres =
            EmbeddedPostgresServer.start(folder.resolve("postgres"), 0);
        ServerSocket hole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> plugs = plugged(hole);
      Path inventory = inventory(postgres, hole.getLocalPort());
      Path page = folder.resolve("estate.html");
      Run run = run(inventory, page);
      for (Socket plug : plugs) {
        plug.close();
      }
      assertThat(run.exit()).as(run.said()).isEqualTo(1);
      JsonNode report = new ObjectMapper().readTree(run.said());
      assertThat(report.at("/totals/clusters").asInt()).isEqualTo(204);
      Map<String, JsonNode> clusters = new TreeMap<>();
      report.at("/clusters").forEach(one -> clusters.put(one.at("/name").asText(), one));
      clusters.forEach(PreflightIT::gone);
      reached(Objects.requireNonNull(clusters.get("well")));
      JsonNode path = Objects.requireNonNull(clusters.get("path"));
      assertThat(path.at("/path").toString()).isEqualTo("[\"1.5.0\",\"2.1.4\",\"2.2.2\"]");
      assertThat(messages(path, "hop.not-yet"))
          .singleElement()
          .asString()
          .startsWith("2.1.4 → 2.2.2: ");
      assertThat(Files.readString(page)).contains("2.1.4 → 2.2.2: schema, locks");
      JsonNode fresh = Objects.requireNonNull(clusters.get("fresh"));
      assertThat(fresh.at("/procedure").asText()).isEqualTo("fresh-install");
      assertThat(codes(fresh)).contains("install.schema-exists", "green.version");
      assertThat(codes(Objects.requireNonNull(clusters.get("lost")))).contains("inventory.broken");
      assertThat(Files.readString(page)).contains("hole-39", "closed-159").doesNotContain(SECRET);
      assertThat(run.said()).doesNotContain(SECRET);
    }
  }

  private static void gone(String name, JsonNode cluster) {
    if (!name.startsWith("closed-") && !name.startsWith("hole-")) {
      return;
    }
    assertThat(cluster.at("/verdict").asText()).as(name).isEqualTo("unreachable");
    List<String> unreachable = new ArrayList<>();
    cluster
        .at("/findings")
        .forEach(
            found -> {
              if (found.at("/code").asText().equals("unreachable")) {
                unreachable.add(found.at("/by").asText());
                assertThat(found.at("/evidence").asText()).contains("connect to 127.0.0.1:");
                assertThat(found.at("/remedy").asText()).isNotBlank();
              }
            });
    assertThat(unreachable).as(name).contains("migrator", "traffic");
  }

  private static void reached(JsonNode cluster) {
    assertThat(cluster.at("/path/1").asText()).isEqualTo("2.2.2");
    assertThat(codes(cluster))
        .contains("blue.version", "green.version", "schema.blue", "schema.green", "server.version");
    assertThat(codes(cluster)).contains("blue.unhealthy").doesNotContain("database.unreachable");
  }

  private static List<String> messages(JsonNode cluster, String code) {
    List<String> messages = new ArrayList<>();
    cluster
        .at("/findings")
        .forEach(
            found -> {
              if (found.at("/code").asText().equals(code)) {
                messages.add(found.at("/message").asText());
              }
            });
    return messages;
  }

  private static List<String> codes(JsonNode cluster) {
    List<String> codes = new ArrayList<>();
    cluster.at("/findings").forEach(found -> codes.add(found.at("/code").asText()));
    return codes;
  }

  /// Fills the backlog, so that whoever connects next gets no answer at all.
  private static List<Socket> plugged(ServerSocket hole) {
    List<Socket> plugs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Socket plug = new Socket();
      plugs.add(plug);
      try {
        plug.connect(new InetSocketAddress(hole.getInetAddress(), hole.getLocalPort()), 100);
      } catch (java.io.IOException full) {
        return plugs;
      }
    }
    return plugs;
  }

  private Path inventory(EmbeddedPostgresServer postgres, int hole) throws Exception {
    Path inventory = Files.createDirectory(folder.resolve("inventory"));
    String environment =
        "KONG_DATABASE: postgres, KONG_PG_HOST: 127.0.0.1, KONG_PG_PORT: \"%d\", KONG_PG_DATABASE: kong, KONG_PG_USER: kong_owner, KONG_PG_PASSWORD: \"${env:KONG_TEST_SECRET}\""
            .formatted(postgres.port());
    bootstrap(postgres);
    StringBuilder yaml = new StringBuilder("clusters:\n");
    yaml.append(
        EstateYaml.cluster(
                "well",
                "2.1.4",
                "2.2.2",
                "127.0.0.1",
                FreePorts.next(),
                Home.find().standIn("2.1.4").toString(),
                Home.find().standIn("2.2.2").toString(),
                environment)
            .replaceFirst(
                "postgres: \\{host: 127.0.0.1, port: \\d+",
                "postgres: {host: 127.0.0.1, port: " + postgres.port()));
    yaml.append(
        yaml.substring(yaml.indexOf("  - name: well"))
            .replace("name: well", "name: fresh")
            .replaceFirst("    serving: .*\n", ""));
    yaml.append(EstateYaml.threeVersions("path", "127.0.0.1", 1));
    for (int i = 0; i < 160; i++) {
      yaml.append(EstateYaml.cluster("closed-" + i, "2.1.4", "2.2.2", "127.0.0.1", 1));
    }
    for (int i = 0; i < 40; i++) {
      yaml.append(EstateYaml.cluster("hole-" + i, "2.1.4", "2.2.2", "127.0.0.1", hole));
    }
    Files.writeString(inventory.resolve("estate.yaml"), yaml.toString());
    Files.writeString(inventory.resolve("lost.yaml"), "clusters:\n  - name: lost\n");
    return inventory;
  }

  private void bootstrap(EmbeddedPostgresServer postgres) throws Exception {
    postgres.createRole("kong_owner", SECRET);
    postgres.createDatabase("kong", "kong_owner");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream words = new PrintStream(said, true, StandardCharsets.UTF_8);
    int exit =
        KongMain.run(
            Profile.of("2.1.4"),
            List.of("migrations", "bootstrap"),
            new TreeMap<>(
                Map.of(
                    "KONG_DATABASE",
                    "postgres",
                    "KONG_PG_HOST",
                    "127.0.0.1",
                    "KONG_PG_PORT",
                    Integer.toString(postgres.port()),
                    "KONG_PG_DATABASE",
                    "kong",
                    "KONG_PG_USER",
                    "kong_owner",
                    "KONG_PG_PASSWORD",
                    SECRET)),
            words,
            words);
    assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
  }

  private record Run(int exit, String said) {}

  private static Run run(Path inventory, Path page) throws Exception {
    Path java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dchangeover.home=" + Home.find().root(),
            "-jar",
            Home.find().program("cli").jar().toString(),
            "preflight",
            "--all",
            "--inventory",
            inventory.toString(),
            "--json",
            "--html",
            page.toString(),
            "--parallel",
            "64",
            "--deadline",
            "12s");
    builder.environment().put("KONG_TEST_SECRET", SECRET);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }
}
