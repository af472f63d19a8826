package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Inventory;
import io.changeover.inventory.LoadResult;
import io.changeover.inventory.Procedure;
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

  private Procedure procedure(KongStore store) throws IOException {
    return procedure(Topology.choose(folder, store));
  }

  private Procedure procedure(Topology place) throws IOException {
    Path inventory = Files.createDirectory(folder.resolve("inventory"));
    Files.writeString(
        inventory.resolve("demo.yaml"),
        InventoryFile.text(
            place,
            place.store().inventory(),
            version -> Path.of("/kong-" + version),
            "errors=0.3",
            Duration.ofSeconds(20)));
    LoadResult result = Inventory.load(inventory);
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return result.orThrow().clusters().iterator().next().procedure();
  }
}
