package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.inventory.LoadResult;
import io.changeover.inventory.Procedure;
import io.changeover.inventory.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryFileTest {
  @TempDir Path folder;

  @Test
  void what_is_written_for_postgres_is_a_sound_inventory() throws IOException {
    assertThat(procedure(new OnPostgres(5432, folder.resolve("backups"))))
        .isEqualTo(Procedure.SHARED_DATASTORE);
  }

  @Test
  void what_is_written_for_cassandra_is_a_sound_inventory() throws IOException {
    assertThat(procedure(OnCassandra.choose(9042, CopyWay.COPY, folder)))
        .isEqualTo(Procedure.KEYSPACE_COPY);
  }

  @Test
  void what_is_written_without_a_database_is_a_sound_inventory() throws IOException {
    assertThat(procedure(WithoutDatabase.place(folder))).isEqualTo(Procedure.DB_LESS);
  }

  @Test
  void what_is_written_for_a_hybrid_cluster_names_who_takes_traffic() throws IOException {
    Cluster cluster = cluster(new HybridPostgres().place(folder, 5432));

    assertThat(cluster.topology()).isEqualTo(io.changeover.inventory.Topology.HYBRID);
    assertThat(cluster.version("2.1.4").orElseThrow().nodes())
        .extracting(node -> node.role().orElseThrow())
        .containsExactly(Role.CONTROL_PLANE, Role.DATA_PLANE, Role.DATA_PLANE);
  }

  @Test
  void the_router_of_a_hybrid_cluster_knows_each_node_where_it_answers() {
    String file = HaproxyFile.text(new HybridPostgres().place(folder, 5432));
    int admin = file.indexOf("backend kong_admin\n  balance");

    assertThat(file.substring(0, admin))
        .contains("server blue-dp-1 ", "server green-dp-2 ")
        .doesNotContain("-cp ");
    assertThat(file.substring(admin))
        .contains("server blue-cp ", "server green-cp ")
        .doesNotContain("-dp-");
  }

  @Test
  void what_is_written_for_a_path_and_for_community_is_sound() throws IOException {
    assertThat(procedure(new WholePath().place(folder, 5432), new WholePath()))
        .isEqualTo(Procedure.SHARED_DATASTORE);
    assertThat(procedure(new FromCommunity().place(folder, 5432), new FromCommunity()))
        .isEqualTo(Procedure.SHARED_DATASTORE);
  }

  private Procedure procedure(KongStore store) throws IOException {
    return procedure(Topology.choose(folder, store));
  }

  private Procedure procedure(Topology place) throws IOException {
    return procedure(place, new SharedPostgres());
  }

  private Procedure procedure(Topology place, Staging staging) throws IOException {
    return cluster(place, staging).procedure();
  }

  private Cluster cluster(Topology place) throws IOException {
    return cluster(place, new SharedPostgres());
  }

  private Cluster cluster(Topology place, Staging staging) throws IOException {
    Path inventory = Files.createDirectories(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("demo.yaml"),
        InventoryFile.text(
            place,
            staging.inventory(place),
            version -> Path.of("/kong-" + version),
            "errors=0.3",
            Duration.ofSeconds(20)));
    LoadResult result = Inventory.load(inventory);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return result.orThrow().clusters().iterator().next();
  }
}
