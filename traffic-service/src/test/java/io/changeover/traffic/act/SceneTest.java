package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which servers a phase is about.
class SceneTest {

  @TempDir Path folder;

  private Cluster cluster(String topology, String roles) throws IOException {
    Files.writeString(
        folder.resolve("stores.yaml"),
        """
        clusters:
          - name: stores
            topology: %s
            serving: "2.1.4"
            datastore: {postgres: {host: 127.0.0.1, database: kong, user: kong, password: "${env:KONG_PG_PASSWORD}"}}
            kong:
              "2.1.4": {command: [kong], nodes: [%s]}
              "2.2.2": {command: [kong], nodes: [%s]}
            probe: {path: /health}
            router: {haproxy: {runtime: "tcp://127.0.0.1:9999", backend: kong_proxy, adminBackend: kong_admin}}
        """
            .formatted(topology, nodes("blue", roles), nodes("green", roles)));
    return Inventory.load(folder).orThrow().cluster("stores").orElseThrow();
  }

  private static String nodes(String side, String roles) {
    String one =
        "{name: %1$s-%2$s, admin: \"http://127.0.0.1:1\", proxy: \"http://127.0.0.1:2\", prefix: /%1$s-%2$s%3$s}";
    return one.formatted(side, "cp", roles.isEmpty() ? "" : ", role: control-plane")
        + ", "
        + one.formatted(side, "dp", roles.isEmpty() ? "" : ", role: data-plane");
  }

  private static Scene scene(Cluster cluster, String from) throws PhaseStopped {
    return scene(cluster, from, "2.2.2");
  }

  private static Scene scene(Cluster cluster, String from, String to) throws PhaseStopped {
    PhaseCommand command =
        FakePhaseContext.command(cluster.name(), Actions.SHIFT)
            .setFromVersion(from)
            .setToVersion(to)
            .build();
    return Scene.of(FakePhaseContext.of(command, cluster));
  }

  @Test
  void data_planes_take_traffic_and_control_planes_have_the_admin_api() throws Exception {
    Scene scene = scene(cluster("hybrid", "roles"), "2.1.4");

    assertThat(scene.sides().blue()).isEqualTo(List.of("blue-dp"));
    assertThat(scene.sides().green()).isEqualTo(List.of("green-dp"));
    assertThat(scene.admin().blue()).isEqualTo(List.of("blue-cp"));
    assertThat(scene.admin().green()).isEqualTo(List.of("green-cp"));
  }

  @Test
  void ordinary_nodes_do_both() throws Exception {
    Scene scene = scene(cluster("traditional", ""), "2.1.4");

    assertThat(scene.sides().blue()).isEqualTo(List.of("blue-cp", "blue-dp"));
    assertThat(scene.admin()).isEqualTo(scene.sides());
    assertThat(scene.frozen()).isFalse();
  }

  @Test
  void a_keyspace_is_frozen_for_a_copy_and_not_for_a_plugin_that_comes_to_it() throws Exception {
    Files.writeString(
        folder.resolve("orders.yaml"),
        """
        clusters:
          - name: orders
            serving: "2.1.4"
            datastore:
              cassandra: {contactPoints: [db], localDatacenter: dc1, keyspace: a, green: {keyspace: b}}
            kong:
              "2.1.4": {nodes: [{name: blue, admin: "http://b:1", proxy: "http://b:2"}]}
              "2.1.4+more": {nodes: [{name: more, admin: "http://m:1", proxy: "http://m:2"}]}
              "2.2.2": {nodes: [{name: green, admin: "http://g:1", proxy: "http://g:2"}]}
            router: {haproxy: {runtime: "tcp://lb:9999", backend: kong, adminBackend: admin, adminFront: "http://lb:8001"}}
        """);
    Cluster orders = Inventory.load(folder).orThrow().cluster("orders").orElseThrow();

    assertThat(scene(orders, "2.1.4").frozen()).isTrue();
    assertThat(scene(orders, "2.1.4", "2.1.4+more").frozen()).isFalse();
    assertThat(scene(orders, "2.1.4", "2.1.4+more").sides().green()).containsExactly("more");
  }

  @Test
  void a_hybrid_cluster_is_frozen_while_it_serves() throws Exception {
    Cluster hybrid = cluster("hybrid", "roles");

    assertThat(scene(hybrid, "2.1.4").frozen()).isTrue();
    assertThat(scene(hybrid, "").frozen()).isFalse();
  }
}
