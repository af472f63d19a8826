package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {

  private static final Path EXAMPLES = Path.of("..", "examples", "inventory");

  @TempDir Path dir;
  Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void open() {
    folder = new Folder(dir);
  }

  @Test
  void reads_the_examples() {
    Inventory inventory = Inventory.load(EXAMPLES).orThrow();
    assertThat(inventory.byName())
        .containsOnlyKeys(
            "billing", "edge", "fleet", "fresh", "orders", "payments-eu", "shop", "stores");
    assertThat(inventory.cluster("nobody")).isEmpty();
  }

  @Test
  void reads_every_part_of_a_cluster() {
    Cluster cluster = Inventory.load(EXAMPLES).orThrow().cluster("payments-eu").orElseThrow();
    assertThat(cluster.datastore())
        .isEqualTo(
            new PostgresDatastore(
                "127.0.0.1",
                5432,
                "kong",
                "public",
                "kong",
                Secret.of("${env:KONG_PG_PASSWORD}"),
                "prefer"));
    assertThat(cluster.router())
        .isEqualTo(
            new Haproxy(
                new RuntimeAddress.Tcp("127.0.0.1", 9999),
                "kong_proxy",
                Optional.of("kong_admin"),
                Optional.of(URI.create("http://127.0.0.1:8001")),
                Optional.of(new HostPort("127.0.0.1", 5514))));
    UpgradePolicy policy = cluster.upgrade();
    assertThat(policy.steps()).extracting(Step::setWeight).containsExactly(5, 25, 50, 100);
    assertThat(policy.steps().getFirst().analysis()).isEqualTo(policy.soakAnalysis());
    assertThat(policy.steps().get(2).analysis().orElseThrow().metrics())
        .extracting(Metric::name)
        .containsExactly("latency-p99");
    assertThat(policy.gates()).extracting(Gate::name).containsExactly("business-hours", "confirm");
    assertThat(policy.deadlines()).containsEntry("migrate-up", Duration.ofHours(2));
    assertThat(cluster.fence().orElseThrow().roles())
        .containsExactly(Map.entry("2.1.4", "kong_blue"));
  }

  @Test
  void gives_a_node_what_its_version_has_and_its_own_on_top() {
    Cluster cluster = Inventory.load(EXAMPLES).orThrow().cluster("payments-eu").orElseThrow();
    List<Node> nodes = cluster.version("2.1.4").orElseThrow().nodes();
    Node first = nodes.getFirst();
    assertThat(first.command()).containsExactly("/opt/kong-2.1.4/bin/kong");
    assertThat(first.environment().get("KONG_DATABASE")).isEqualTo(Secret.of("postgres"));
    assertThat(first.environment()).containsKey("KONG_PROXY_LISTEN");
    assertThat(first.server()).isEqualTo("blue-1");
    assertThat(first.status()).contains(URI.create("http://127.0.0.1:8100"));
    assertThat(nodes.get(1).start()).contains(List.of("systemctl", "start", "kong-blue-2"));
    assertThat(cluster.version("2.2.2").orElseThrow().nodes().getFirst().server())
        .isEqualTo("kong-green-1");
  }

  @Test
  void lists_every_secret_of_a_cluster() {
    Cluster cluster = Inventory.load(EXAMPLES).orThrow().cluster("payments-eu").orElseThrow();
    assertThat(cluster.secrets())
        .containsExactlyInAnyOrder(
            Secret.of("${env:KONG_PG_PASSWORD}"),
            Secret.of("${env:KONG_BLUE_PASSWORD}"),
            Secret.of("${env:PROBE_KEY}"),
            Secret.of("${env:KONG_FENCE_PASSWORD}"));
  }

  @Test
  void has_a_careful_default_for_everything_that_may_be_left_out() {
    Cluster cluster = folder.with("a.yaml", Folder.SMALL).only();
    UpgradePolicy policy = cluster.upgrade();
    assertThat(cluster.procedure()).isEqualTo(Procedure.SHARED_DATASTORE);
    assertThat(policy.backup().mode()).isEqualTo(Backup.Mode.COPY);
    assertThat(policy.gates())
        .containsExactly(new Gate("confirm", "migrate-finish", Duration.ofHours(24)));
    assertThat(policy.steps()).extracting(Step::setWeight).containsExactly(5, 25, 50, 100);
    assertThat(policy.steps()).allMatch(step -> step.analysis().isPresent());
    assertThat(policy.heartbeat().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(cluster.version("2.1.4").orElseThrow().command()).containsExactly("kong");
    assertThat(((PostgresDatastore) cluster.datastore()).jdbcUrl())
        .isEqualTo("jdbc:postgresql://db:5432/kong?sslmode=prefer");
  }

  @Test
  void has_the_confirm_gate_unless_the_list_is_empty() {
    assertThat(gates("[{name: tea, before: soak}]")).containsExactly("tea", "confirm");
    assertThat(gates("[]")).isEmpty();
  }

  private List<String> gates(String gates) {
    String text = Folder.SMALL + "    upgrade: {gates: " + gates + "}\n";
    return folder.with("a.yaml", text).only().upgrade().gates().stream().map(Gate::name).toList();
  }

  @Test
  void measures_nothing_where_no_metric_is_listed() {
    Cluster cluster =
        folder.with("a.yaml", Folder.SMALL + "    upgrade: {analysis: {metrics: []}}\n").only();
    assertThat(cluster.upgrade().soakAnalysis()).isEmpty();
    assertThat(cluster.upgrade().steps()).allMatch(step -> step.analysis().isEmpty());
  }

  @Test
  void throws_all_errors_when_asked_to() {
    folder.with("a.yaml", "clusters: 1").with("b.yaml", "cluster: []");
    LoadResult result = folder.load();
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(InvalidInventoryException.class)
        .hasMessageContaining("a.yaml:1:11: clusters: a single value; expected a list")
        .hasMessageContaining(
            "b.yaml:1:1: cluster: unknown key `cluster`; expected `clusters`, perhaps");
  }
}
