package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "inventory");

  @TempDir Path dir;
  Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void open() {
    folder = new Folder(dir);
  }

  @Test
  void a_hybrid_cluster_has_a_role_for_each_node() {
    Cluster stores = example("stores");
    assertThat(stores.topology()).isEqualTo(Topology.HYBRID);
    assertThat(stores.procedure()).isEqualTo(Procedure.SHARED_DATASTORE);
    assertThat(stores.version("2.1.4").orElseThrow().nodes())
        .extracting(Node::role)
        .containsExactly(Optional.of(Role.CONTROL_PLANE), Optional.of(Role.DATA_PLANE));
  }

  @Test
  void a_db_less_cluster_has_a_file_and_no_datastore() {
    Cluster edge = example("edge");
    assertThat(edge.datastore()).isEqualTo(new NoDatastore());
    assertThat(edge.procedure()).isEqualTo(Procedure.DB_LESS);
    assertThat(edge.version("2.2.2").orElseThrow().declarative())
        .contains("/etc/kong/edge-2.2.yml");
  }

  @Test
  void a_cluster_to_install_serves_nothing() {
    assertThat(example("fresh").serving()).isEmpty();
    assertThat(example("fresh").version("2.2.2").orElseThrow().edition())
        .isEqualTo(Edition.COMMUNITY);
  }

  @Test
  void what_does_not_belong_to_the_topology_is_named_with_its_line_all_at_once() {
    folder.with(
        "a.yaml",
        """
        clusters:
          - name: one
            topology: db-less
            serving: "2.1.4"
            datastore: {postgres: {host: db, database: kong, user: kong}}
            kong:
              "2.1.4":
                nodes: [{name: a, role: data-plane, admin: "http://a", proxy: "http://a"}]
            router: {haproxy: {runtime: "tcp://h:9", backend: kong}}
          - name: two
            topology: hybrid
            serving: "2.1.4"
            datastore: {postgres: {host: db, database: kong, user: kong}}
            kong:
              "2.1.4":
                edition: free
                declarative: /kong.yml
                nodes:
                  - {name: a, role: control-plane, cacheFile: /c, prefix: /a, admin: "http://a", proxy: "http://a"}
                  - {name: b, prefix: /b, admin: "http://b", proxy: "http://b"}
            router: {haproxy: {runtime: "tcp://h:9", backend: kong}}
          - name: three
            topology: star
            kong:
              "2.1.4":
                nodes: [{name: a, role: control-plane, admin: "http://a", proxy: "http://a"}]
            router: {haproxy: {runtime: "tcp://h:9", backend: kong}}
        """);
    assertThat(folder.errors())
        .containsExactlyInAnyOrder(
            "a.yaml:5 clusters[0].datastore: a datastore of a db-less cluster; expected no `datastore` at all",
            "a.yaml:7 clusters[0].kong: `declarative` under `2.1.4` is missing; expected `declarative: /path/kong.yml` for each version of a db-less cluster",
            "a.yaml:7 clusters[0].kong: node `a` under `2.1.4` has a `role`; expected `role` only in a hybrid cluster",
            "a.yaml:16 clusters[1].kong.2.1.4.edition: `free`; expected one of enterprise, community",
            "a.yaml:15 clusters[1].kong: `declarative` under `2.1.4` stands; expected `declarative` only in a db-less cluster",
            "a.yaml:15 clusters[1].kong: node `a` under `2.1.4` has a `cacheFile`; expected `cacheFile` only on a data plane",
            "a.yaml:15 clusters[1].kong: node `b` under `2.1.4` has no `role`; expected `role: control-plane` or `role: data-plane` for each node of a hybrid cluster",
            "a.yaml:15 clusters[1].kong: only one role among the nodes of `2.1.4`; expected at least one control plane and one data plane",
            "a.yaml:10 clusters[1].probe: a hybrid cluster without a `probe`; expected `probe` of a route that every data plane serves: without a configuration its /status is 200 all the same",
            "a.yaml:23 clusters[2].topology: `star`; expected one of traditional, hybrid, db-less",
            "a.yaml:22 clusters[2].datastore: it is missing; expected the key `datastore`",
            "a.yaml:25 clusters[2].kong: node `a` under `2.1.4` has a `role`; expected `role` only in a hybrid cluster");
  }

  @Test
  void a_version_that_is_written_as_enterprises_is_no_community() {
    folder.with(
        "a.yaml",
        """
        clusters:
          - name: one
            datastore: {postgres: {host: db, database: kong, user: kong}}
            kong:
              "2.1.4.0":
                edition: community
                nodes: [{name: a, admin: "http://a", proxy: "http://a"}]
            router: {haproxy: {runtime: "tcp://h:9", backend: kong, adminBackend: admin, adminFront: "http://a"}}
        """);
    assertThat(folder.errors())
        .containsExactly(
            "a.yaml:6 clusters[0].kong.2.1.4.0.edition: `community`, of a version that is written as Enterprise's are; expected `enterprise`, or a version of three numbers");
  }

  private static Cluster example(String name) {
    return Inventory.load(EXAMPLES).orThrow().cluster(name).orElseThrow();
  }

  @Test
  void a_db_less_cluster_hands_its_admin_apis_to_nobody_and_names_no_backend_of_them() {
    String text =
        """
        clusters:
          - name: edge
            topology: db-less
            serving: "2.1.4"
            kong:
              "2.1.4":
                declarative: /etc/kong/kong.yml
                nodes: [{name: a, admin: "http://a", proxy: "http://a"}]
            router: {haproxy: {runtime: "tcp://127.0.0.1:9", backend: b%s}}
        """;
    assertThat(folder.with("a.yaml", text.formatted("")).errors()).isEmpty();
    assertThat(folder.with("a.yaml", text.formatted(", adminBackend: c")).errors())
        .singleElement()
        .asString()
        .startsWith("a.yaml:")
        .contains(
            "`adminBackend` or `adminFront` of a db-less cluster", "send to those that are up");
  }

  @Test
  void a_hybrid_cluster_on_cassandra_shares_blues_keyspace() {
    String store = "cassandra: {contactPoints: [a], localDatacenter: b, %s}";
    assertThat(hybrid(store.formatted("sameKeyspace: true"), PROBE)).isEmpty();
    assertThat(hybrid(store.formatted("green: {keyspace: kong_22}"), PROBE))
        .singleElement()
        .asString()
        .contains("`hybrid` with a keyspace of green's own", "`sameKeyspace: true`, or postgres");
  }

  private static final String POSTGRES = "postgres: {host: db, database: kong, user: kong}";
  private static final String PROBE = "probe: {path: /health}";

  private List<String> hybrid(String store, String probe) {
    return nodes(
        store,
        probe,
        node("cp", "control-plane", "prefix: /cp"),
        node("dp", "data-plane", "prefix: /dp"));
  }

  private List<String> nodes(String store, String probe, String... nodes) {
    String yaml =
        """
        clusters:
          - name: stores
            topology: hybrid
            serving: "2.1.4"
            datastore: {%s}
            kong:
              "2.1.4":
                nodes: [%s]
            router: {haproxy: {runtime: "tcp://127.0.0.1:9", backend: b}}
            %s
        """
            .formatted(store, String.join(", ", nodes), probe);
    return folder.with("a.yaml", yaml).errors();
  }

  @Test
  void of_a_data_plane_only_a_probe_of_a_known_route_tells_whether_it_has_a_configuration() {
    assertThat(hybrid(POSTGRES, PROBE)).isEmpty();
    assertThat(hybrid(POSTGRES, ""))
        .singleElement()
        .asString()
        .contains("a hybrid cluster without a `probe`");
    assertThat(hybrid(POSTGRES, "probe: {path: /none, expect: 404}"))
        .singleElement()
        .asString()
        .contains("`expect: 404` of a hybrid cluster", "without any configuration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          command: [kong], prefix: /one             | command: [/opt/kong-2.2.2/bin/kong], prefix: /one/
          command: [ssh, h, /opt/a/kong], prefix: /k | command: [ssh, h, /opt/b/kong], prefix: /k
          command: [kong]                           | command: [kong]
          command: [kong]                           | command: [kong], prefix: /usr/local/kong
          environment: {KONG_PREFIX: /k}            | prefix: /k
          """)
  void nodes_of_a_hybrid_cluster_never_share_a_prefix_of_one_machine(String one, String other) {
    assertThat(
            nodes(
                POSTGRES,
                PROBE,
                node("cp", "control-plane", "prefix: /cp"),
                node("dp-1", "data-plane", one),
                node("dp-2", "data-plane", other)))
        .singleElement()
        .asString()
        .startsWith("a.yaml:7 clusters[0].kong: the nodes dp-1, dp-2 share the prefix `/")
        .contains("roll-back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          command: [ssh, h1, kong], prefix: /k                 | command: [ssh, h2, kong], prefix: /k
          command: [docker, exec, one, kong]                   | command: [docker, exec, two, kong]
          prefix: /k                                           | prefix: /k2
          start: [ssh, h1, start-kong], prefix: /k             | start: [ssh, h2, start-kong], prefix: /k
          environment: {KONG_PREFIX: "${env:ONE}"}             | environment: {KONG_PREFIX: "${env:ONE}"}
          """)
  void what_stands_apart_or_is_not_told_is_taken(String one, String other) {
    assertThat(
            nodes(
                POSTGRES,
                PROBE,
                node("cp", "control-plane", "prefix: /cp"),
                node("dp-1", "data-plane", one),
                node("dp-2", "data-plane", other)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2.2.2, 2, 0", "2.1.4, 2, 0", "2.2.2, 4, 1", "2.2.2, 5, 1"})
  void a_node_may_get_the_place_of_one_that_never_runs_beside_it(
      String serving, int place, int problems) {
    String yaml =
        """
        clusters:
          - name: stores
            topology: hybrid
            serving: "%s"
            datastore: {postgres: {host: db, database: kong, user: kong}}
            kong:
              "2.1.4": {nodes: [%s, %s]}
              "2.2.2": {nodes: [%s, %s]}
              "2.2.2+oauth2": {nodes: [%s, %s]}
            router: {haproxy: {runtime: "tcp://127.0.0.1:9", backend: b}}
            probe: {path: /health}
        """
            .formatted(
                serving,
                at("cp-1", "control-plane", 1, 1),
                at("dp-1", "data-plane", 2, 2),
                at("cp-2", "control-plane", 3, 3),
                at("dp-2", "data-plane", 4, 4),
                at("cp-3", "control-plane", 5, 5),
                at("dp-3", "data-plane", 6, place));
    assertThat(folder.with("a.yaml", yaml).errors()).hasSize(problems);
  }

  private static String at(String name, String role, int port, int place) {
    return "{name: %1$s, role: %2$s, admin: \"http://h:%3$d1\", proxy: \"http://h:%3$d0\", prefix: /%4$d}"
        .formatted(name, role, port, place);
  }

  @ParameterizedTest
  @CsvSource({"prefix: /k, 1", "environment: {KONG_PREFIX: /k}, 1", "prefix: /b, 0", "'', 0"})
  void nodes_of_an_ordinary_cluster_share_no_prefix_that_is_named(String green, int problems) {
    String yaml =
        """
        clusters:
          - name: stores
            serving: "2.1.4"
            datastore: {postgres: {host: db, database: kong, user: kong}}
            kong:
              "2.1.4": {nodes: [{name: a, admin: "http://a", proxy: "http://a", prefix: /k}]}
              "2.2.2": {nodes: [{name: b, admin: "http://b", proxy: "http://b", %s}]}
            router: {haproxy: {runtime: "tcp://127.0.0.1:9", backend: b}}
        """
            .formatted(green);
    assertThat(folder.with("a.yaml", yaml).errors())
        .hasSize(problems)
        .allSatisfy(error -> assertThat(error).contains("a, b share the prefix `/k`"));
  }

  @Test
  void a_node_without_a_command_has_no_place_to_compare() {
    assertThat(
            nodes(
                POSTGRES,
                PROBE,
                node("cp", "control-plane", "command: []"),
                node("dp", "data-plane", "command: []")))
        .hasSize(2)
        .allSatisfy(error -> assertThat(error).contains("command: an empty list"));
  }

  private static String node(String name, String role, String more) {
    return "{name: %s, role: %s, admin: \"http://h\", proxy: \"http://h\", %s}"
        .formatted(name, role, more);
  }
}
