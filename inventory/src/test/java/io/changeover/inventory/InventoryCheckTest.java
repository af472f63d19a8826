package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryCheckTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path dir;

  @Test
  void prints_one_line_per_cluster_and_notes_what_it_can_not_resolve() {
    new Folder(dir)
        .with(
            "a.yaml",
            Folder.SMALL.replace("user: kong", "user: kong, password: \"${env:PW}\"")
                + "    probe: {headers: {x: \"${env:KNOWN}\"}}\n");
    assertThat(run()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("small: shared-datastore, serves 2.1.4, knows 2.1.4 (1 nodes)")
        .contains("note: ${env:PW} can't be resolved on this machine")
        .doesNotContain("KNOWN")
        .contains("ok: 1 cluster(s)");
    assertThat(err.size()).isZero();
  }

  @Test
  void prints_one_line_per_error_and_fails() {
    new Folder(dir).with("a.yaml", "clusters: 1\nclusterz: 2\n");
    assertThat(run()).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("2 error(s) in ");
    assertThat(out.size()).isZero();
  }

  private int run() {
    return new InventoryCheck(dir, SecretTest.environment(Map.of("KNOWN", "yes")))
        .run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
