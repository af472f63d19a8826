package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Edition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedBlueTest {

  @TempDir Path folder;

  @Test
  void clusters_whose_names_are_alike_have_notes_of_their_own() throws IOException {
    StoppedBlue dotted = new StoppedBlue("eu.orders", List.of(node("a", 8001)));
    StoppedBlue underscored = new StoppedBlue("eu_orders", List.of(node("b", 8002)));

    dotted.write(folder);
    underscored.write(folder);

    assertThat(StoppedBlue.readAll(folder)).containsExactlyInAnyOrder(dotted, underscored);
  }

  private static StoppedBlue.Address node(String name, int port) {
    URI at = URI.create("http://127.0.0.1:" + port);
    return new StoppedBlue.Address(
        name, at, at, "2.1.4", "upgrade-1", 1, Optional.of(Edition.ENTERPRISE));
  }
}
