package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.messages.Finding;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import io.changeover.sandbox.kong.Profile;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin that comes later to a cluster whose inventory describes a keyspace of green's own.
@Tag("deep")
class LaterPluginOnCassandraIT {

  @TempDir Path folder;

  @Test
  void it_comes_to_the_keyspace_that_serves_and_nothing_is_copied() throws Exception {
    EmbeddedCassandra cassandra = EmbeddedCassandra.startForOneRun(folder.resolve("cassandra"));
    try (CqlSession session = cassandra.connect()) {
      KeyspaceLab lab = new KeyspaceLab(cassandra, session, folder, "kong_blue", "kong_next");
      lab.kong("2.1.4", lab.blue, "migrations", "bootstrap");
      forget(lab, "oauth2");
      lab.to = "2.1.4+more";
      lab.plugins = List.of("oauth2");
      lab.greenMore.put("KONG_CASSANDRA_KEYSPACE", lab.blue);
      lab.greenMore.put("KONG_PLUGINS", others("oauth2"));

      Outcome preflight = lab.run(Actions.PREFLIGHT, "green");
      assertThat(preflight.facts()).containsEntry(Facts.SCHEMA_STATE, "new");
      assertThat(preflight.findings())
          .extracting(Finding::getCode)
          .contains("version.path")
          .doesNotContain("cassandra.additive", "cassandra.not-known-additive", "green.keyspace");
      assertThat(done(lab.run(Actions.MIGRATE_UP, "green")).facts())
          .containsEntry(Facts.SCHEMA_BEFORE, "new")
          .containsEntry(Facts.SCHEMA_PENDING, "oauth2:004_200_to_210,oauth2:005_210_to_211");
      assertThat(done(lab.run(Actions.MIGRATE_FINISH, "green")).facts())
          .containsEntry(Facts.SCHEMA_AFTER, "executed")
          .hasEntrySatisfying(
              "plugin.oauth2",
              value -> assertThat(value).startsWith("executed ").doesNotContain(";"));
      assertThat(lab.ask(lab.blue, "SELECT id FROM %s.oauth2_credentials")).isEmpty();
      assertThat(session.refreshSchema().getKeyspace(lab.green)).isEmpty();
    } finally {
      cassandra.kill();
    }
  }

  private static void forget(KeyspaceLab lab, String plugin) {
    lab.cql(
        lab.blue,
        "DELETE FROM %s.schema_meta WHERE key = 'schema_meta' AND subsystem = '" + plugin + "'");
    lab.session.refreshSchema().getKeyspace(lab.blue).orElseThrow().getTables().keySet().stream()
        .map(table -> table.asCql(true))
        .filter(table -> table.startsWith(plugin + "_"))
        .forEach(table -> lab.cql(lab.blue, "DROP TABLE %s." + table));
  }

  private static String others(String plugin) {
    List<String> names = new ArrayList<>(Profile.of("2.1.4").plugins());
    names.remove(plugin);
    return String.join(",", names);
  }
}
