package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                  - {name: a, role: control-plane, cacheFile: /c, admin: "http://a", proxy: "http://a"}
                  - {name: b, admin: "http://b", proxy: "http://b"}
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
    String text =
        """
        clusters:
          - name: stores
            topology: hybrid
            serving: "2.1.4"
            datastore: {cassandra: {contactPoints: [a], localDatacenter: b, %s}}
            kong:
              "2.1.4":
                nodes:
                  - {name: cp, role: control-plane, admin: "http://a", proxy: "http://a"}
                  - {name: dp, role: data-plane, admin: "http://b", proxy: "http://b"}
            router: {haproxy: {runtime: "tcp://127.0.0.1:9", backend: b}}
        """;
    assertThat(folder.with("a.yaml", text.formatted("sameKeyspace: true")).errors()).isEmpty();
    assertThat(folder.with("a.yaml", text.formatted("green: {keyspace: kong_22}")).errors())
        .singleElement()
        .asString()
        .contains("`hybrid` with a keyspace of green's own", "`sameKeyspace: true`, or postgres");
  }
}
