package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.migrator.observe.Release;
import io.changeover.schemas.Actions;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {

  @TempDir Path folder;

  private Cluster cluster() throws IOException {
    Files.writeString(
        folder.resolve("orders.yaml"),
        """
        clusters:
          - name: orders
            serving: "2.2.2"
            datastore:
              cassandra: {contactPoints: [db], localDatacenter: dc1, keyspace: kong22, green: {keyspace: kong23}}
            kong:
              "2.1.4": {nodes: [{name: old, admin: "http://o:1", proxy: "http://o:2"}]}
              "2.2.2": {nodes: [{name: blue, admin: "http://b:1", proxy: "http://b:2"}]}
              "2.2.2+oauth2": {nodes: [{name: green, admin: "http://g:1", proxy: "http://g:2"}]}
            router: {haproxy: {runtime: "tcp://lb:9999", backend: kong, adminBackend: admin, adminFront: "http://lb:8001"}}
        """);
    return Inventory.load(folder).orThrow().cluster("orders").orElseThrow();
  }

  private Subject subject(String from, String to, String... plugins) throws Exception {
    AtomicReference<Subject> seen = new AtomicReference<>();
    Outcome outcome =
        Subject.of(
            FakePhaseContext.of(
                FakePhaseContext.command("orders", Actions.MIGRATE_UP)
                    .setFromVersion(from)
                    .setToVersion(to)
                    .setPlugins(List.of(plugins))
                    .build(),
                cluster()),
            subject -> {
              seen.set(subject);
              return Outcome.done(Map.of());
            });
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return Objects.requireNonNull(seen.get());
  }

  @Test
  void a_plugin_comes_to_the_keyspace_that_serves_whatever_is_said_of_greens_own()
      throws Exception {
    Subject adding = subject("2.2.2", "2.2.2+oauth2", "oauth2");
    assertThat(adding.addsPlugins()).isTrue();
    assertThat(adding.copied()).isFalse();
    assertThat(adding.greenStore()).isEqualTo(adding.blueStore());
    Subject upgrade = subject("2.1.4", "2.2.2");
    assertThat(upgrade.addsPlugins()).isFalse();
    assertThat(upgrade.copied()).isTrue();
  }

  @Test
  void a_label_is_no_part_of_the_release_and_green_alone_has_the_plugins() throws Exception {
    Subject adding = subject("2.2.2", "2.2.2+oauth2", "oauth2", "bundled");
    assertThat(adding.green().release()).isEqualTo(new Release(2, 2, 2));
    assertThat(adding.green().build()).isEqualTo(adding.blue().build());
    assertThat(adding.green().added()).containsExactly("oauth2");
    assertThat(adding.blue().added()).isEmpty();
  }
}
