package io.changeover.migrator.work;

import static io.changeover.migrator.work.MigrationIT.done;
import static io.changeover.migrator.work.MigrationIT.failed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Severity;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.kong.CommandResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesIT {

  private static final EmbeddedPostgresServer POSTGRES = SharedPostgres.server();

  @TempDir Path folder;
  private StandIn lab;

  @BeforeEach
  void seed() {
    lab = StandIn.seeded(POSTGRES, folder);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void the_whole_way_with_a_role_of_blues_own() throws Exception {
    lab.fenced = true;
    lab.giveGreenARole();
    Outcome.Done blue = done(lab.run(Actions.START_NODES, "blue"));
    assertThat(blue.facts())
        .containsEntry(Facts.NODES_RUNNING, "1")
        .containsEntry(Facts.NODES_HEALTHY, "1")
        .containsEntry(Facts.FENCE_ROLE, "granted")
        .containsEntry("via", "2.1.4");
    assertThat(done(lab.run(Actions.START_NODES, "blue")).facts()).isEqualTo(blue.facts());
    assertThat(done(lab.run(Actions.PREFLIGHT)).facts()).containsEntry(Facts.SCHEMA_STATE, "new");
    done(lab.run(Actions.MIGRATE_UP));
    assertThat(
            lab.ask(
                "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname ="
                    + " 'public'"))
        .as("what is made belongs to the datastore's user, not to a role that a later hop locks")
        .isEqualTo(lab.owner);
    assertThat(done(lab.run(Actions.START_NODES, "green")).facts())
        .containsEntry(Facts.NODES_HEALTHY, "1");
    assertThat(done(lab.run(Actions.PREFLIGHT)).findings())
        .as("an earlier attempt may have started it")
        .anySatisfy(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("green.running");
              assertThat(finding.getSeverity()).isEqualTo(Severity.WARNING);
            });

    Outcome.Done stopped = done(lab.run(Actions.STOP_NODES, "blue"));
    assertThat(stopped.facts())
        .containsEntry(Facts.NODES_RUNNING, "0")
        .containsEntry(Facts.FENCE_ROLE, "revoked");
    assertThat(done(lab.run(Actions.STOP_NODES, "blue")).facts()).isEqualTo(stopped.facts());
    assertThat(login()).isEqualTo("f");
    CommandResult byHand =
        lab.kong("2.1.4", lab.blueRole, "start", "--prefix", folder.resolve("by-hand").toString());
    assertThat(byHand.exit()).isEqualTo(1);
    assertThat(byHand.stderr()).contains("not permitted to log in");

    assertThat(done(lab.run(Actions.START_NODES, "blue")).facts())
        .containsEntry(Facts.FENCE_ROLE, "granted")
        .containsEntry(Facts.NODES_HEALTHY, "1");
    assertThat(login()).isEqualTo("t");
    assertThat(done(lab.run(Actions.STOP_NODES, "blue")).facts())
        .containsEntry(Facts.FENCE_ROLE, "revoked");
    done(lab.run(Actions.MIGRATE_FINISH));
    Outcome.Failed refused = failed(lab.run(Actions.START_NODES, "blue"));
    assertThat(refused.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(refused.reason())
        .contains("finished beyond what blue knows")
        .contains("core:012_213_to_220");
    assertThat(login()).isEqualTo("f");
    assertThat(done(lab.run(Actions.VERIFY)).facts())
        .containsEntry(Facts.SCHEMA_STATE, "executed")
        .containsEntry(Facts.NODES_HEALTHY, "1")
        .containsEntry("nodes.blue", "0");
  }

  @Test
  void a_plugin_that_comes_later_runs_its_migrations_and_is_proven_at_its_nodes() throws Exception {
    LaterPlugins.come(lab, List.of("oauth2", "acme"));
    String lists = lab.ask(LaterPlugins.LISTS);
    lab.script().count();
    assertThat(done(lab.run(Actions.MIGRATE_UP)).facts())
        .containsEntry(Facts.SCHEMA_BEFORE, "new")
        .containsEntry(Facts.SCHEMA_PENDING, "oauth2:004_200_to_210")
        .containsEntry("plugin.acme", "executed 000_base_acme");
    assertThat(
            lab.ask(
                "SELECT count(*) FROM schema_meta WHERE pending IS NULL AND subsystem = 'acme'"))
        .as("up only: executed at once")
        .isEqualTo("1");

    done(lab.run(Actions.START_NODES, LaterPlugins.without(lab)));
    Outcome.Failed other = failed(lab.run(Actions.START_NODES, LaterPlugins.impatient(lab)));
    assertThat(other.reason()).as("the same version").contains("lacks [acme, oauth2]");
    assertThat(other.expected()).contains("the plugins [acme, oauth2]");
    assertThat(other.facts()).containsEntry(Facts.NODES_HEALTHY, "0");

    assertThat(done(lab.run(Actions.MIGRATE_FINISH)).facts())
        .containsEntry(Facts.SCHEMA_AFTER, "executed")
        .hasEntrySatisfying(
            "plugin.oauth2",
            value -> assertThat(value).startsWith("executed 000_base_oauth2").doesNotContain(";"));
    assertThat(lab.ask(LaterPlugins.LISTS))
        .as("what `up -f` would empty")
        .isEqualTo(lists)
        .contains("10.1.2.3");
    assertThat(lab.script().counted())
        .anyMatch(call -> call.startsWith("migrations up "))
        .noneMatch(call -> call.contains(" -f") || call.contains("--force"));
  }

  @Test
  @Tag("deep")
  void the_whole_way_of_a_plugin_to_a_version_that_serves() throws Exception {
    LaterPlugins.come(lab, List.of("oauth2", "acme"));
    done(lab.run(Actions.START_NODES, "blue"));
    assertThat(done(lab.run(Actions.PREFLIGHT)).findings())
        .extracting(finding -> finding.getCode() + ": " + finding.getMessage())
        .contains("version.path: 2.2.2+more is 2.2.2 on other nodes, with more plugins")
        .noneMatch(found -> found.startsWith("plugins.there-already"));
    assertThat(failed(lab.run(Actions.START_NODES, "green")).reason())
        .contains("New migrations available");
    done(lab.run(Actions.MIGRATE_UP));
    done(lab.run(Actions.START_NODES, "green"));
    done(lab.run(Actions.STOP_NODES, "blue"));
    done(lab.run(Actions.START_NODES, "blue"));
    done(lab.run(Actions.STOP_NODES, "blue"));
    done(lab.run(Actions.MIGRATE_FINISH));
    assertThat(done(lab.run(Actions.VERIFY)).facts())
        .containsEntry("plugin.acme", "executed 000_base_acme")
        .containsEntry(Facts.NODES_HEALTHY, "1");
    assertThat(failed(lab.run(Actions.START_NODES, "blue")).reason())
        .contains("finished beyond what blue knows");
  }

  @Test
  void rolled_back_blue_is_proven_healthy_and_what_stays_is_named() throws Exception {
    done(lab.run(Actions.START_NODES, "blue"));
    done(lab.run(Actions.MIGRATE_UP));
    done(lab.run(Actions.START_NODES, "green"));
    Outcome.Failed early = failed(lab.run(Actions.VERIFY_ROLLBACK));
    assertThat(early.reason()).contains("green node green-1 answers");
    assertThat(done(lab.run(Actions.STOP_NODES, "green")).facts())
        .containsEntry(Facts.NODES_RUNNING, "0");
    Outcome.Done verified = done(lab.run(Actions.VERIFY_ROLLBACK));
    assertThat(verified.facts())
        .containsEntry(Facts.NODES_HEALTHY, "1")
        .containsEntry("nodes.green", "0")
        .containsEntry(Facts.SCHEMA_PENDING, "core:012_213_to_220");
    assertThat(verified.findings().toString()).contains("pending stays [core:012_213_to_220]");
  }

  @Test
  void without_a_role_of_blues_own_the_report_says_what_nothing_prevents() throws Exception {
    Outcome.Done stopped = done(lab.run(Actions.STOP_NODES, "blue"));
    assertThat(stopped.facts()).containsEntry(Facts.FENCE_ROLE, "none");
    assertThat(stopped.findings().toString()).contains("fence.none").contains("nothing but us");
  }

  @Test
  void green_does_not_start_before_up() throws Exception {
    Outcome.Failed failed = failed(lab.run(Actions.START_NODES, "green"));
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("New migrations available");
    assertThat(failed.facts()).containsEntry(Facts.NODES_RUNNING, "0");
  }

  @Test
  void something_else_at_a_nodes_address_is_not_stopped_and_not_taken_for_it() throws Exception {
    HttpServer stranger =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.ports[0]), 0);
    stranger.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Server", "kong/1.5.0");
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    stranger.start();
    try {
      assertThat(failed(lab.run(Actions.STOP_NODES, "blue")).reason()).contains("answer as 1.5.0");
      assertThat(failed(lab.run(Actions.START_NODES, "blue")).kind()).isEqualTo(FailureKind.FATAL);
    } finally {
      stranger.stop(0);
    }
  }

  @Test
  void a_silent_address_is_not_a_stopped_node() throws Exception {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.ports[0]));
      Outcome.Failed failed = failed(lab.run(Actions.STOP_NODES, "blue"));
      assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
      assertThat(failed.reason()).contains("not proven down").contains("no answer");
    }
  }

  private String login() {
    return lab.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + lab.blueRole + "'");
  }
}
