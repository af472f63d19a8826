package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.Inventory;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.preflight.content.DeclaredPlugins;
import io.changeover.migrator.report.Findings;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A cluster without datastore, with a command that says what Kong says on such a node.
class NoStoreTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {Actions.MIGRATE_UP, Actions.MIGRATE_FINISH, Actions.BOOTSTRAP})
  void no_migration_is_ever_called_where_it_would_look_like_success(String action)
      throws Exception {
    Outcome.Failed failed = (Outcome.Failed) run(action);
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("no datastore").contains("exits 0 and does nothing");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void the_file_is_parsed_by_the_new_version_and_its_words_are_reported() throws Exception {
    Files.writeString(folder.resolve("kong.yml"), "good\n");
    assertThat(((Outcome.Done) run(Actions.PARSE_CONFIG)).facts())
        .containsEntry(Facts.CONFIG_PARSED, "true");
    assertThat(Files.readString(folder.resolve("calls")))
        .isEqualTo("config parse " + folder.resolve("kong.yml") + " database=off\n");
    Files.writeString(folder.resolve("kong.yml"), "colour\n");
    Outcome.Failed failed = (Outcome.Failed) run(Actions.PARSE_CONFIG);
    assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(failed.reason()).contains("in 'colour': unknown field");
    assertThat(failed.facts()).containsEntry(Facts.CONFIG_PARSED, "false");
  }

  @Test
  void preflight_asks_the_binary_and_never_for_migrations() throws Exception {
    Files.writeString(folder.resolve("kong.yml"), "good\n");
    Outcome outcome = run(Actions.PREFLIGHT);
    assertThat(outcome.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("db-less.parses");
              assertThat(finding.getSeverity()).isEqualTo(Severity.FACT);
            })
        .as("a binary whose `kong version` is not what the inventory says")
        .anySatisfy(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("blue.version");
              assertThat(finding.getSeverity()).isEqualTo(Severity.BLOCKER);
              assertThat(finding.getMessage()).contains("is 2.2.2 of Community, not 2.2.1");
            });
    assertThat(((Outcome.Failed) outcome).facts()).containsEntry(Facts.SCHEMA_STATE, "none");
    assertThat(Files.readString(folder.resolve("calls")))
        .contains("version")
        .doesNotContain("migrations");
  }

  @Test
  void a_first_version_without_datastore_needs_a_file_that_its_binary_reads() throws Exception {
    Files.writeString(folder.resolve("kong.yml"), "good\n");
    Outcome outcome = run(Actions.PREFLIGHT, "");
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outcome.findings())
        .extracting(finding -> finding.getCode())
        .contains("db-less.parses", "green.version", "green.stopped");
    Files.writeString(folder.resolve("kong.yml"), "colour\n");
    assertThat(run(Actions.PREFLIGHT, "").findings())
        .anySatisfy(finding -> assertThat(finding.getCode()).isEqualTo("db-less.parse"));
  }

  @Test
  void what_parses_and_has_no_database_to_count_in_is_found_wherever_it_stands() throws Exception {
    Files.writeString(
        folder.resolve("kong.yml"),
        """
        # good
        _format_version: "2.1"
        plugins:
          - {name: rate-limiting, config: {policy: local}}
          - {name: rate-limiting, enabled: false}
          - {name: oauth2, id: 7f0c, config: {provision_key: hidden}}
        services:
          - name: a
            url: http://a
            plugins: [{name: key-auth}]
            routes:
              - {paths: [/a], plugins: [{name: rate-limiting, config: {minute: 5}}]}
        """);
    Outcome outcome = run(Actions.PREFLIGHT, "");
    assertThat(outcome.findings())
        .filteredOn(finding -> finding.getCode().startsWith("db-less."))
        .extracting(
            finding -> finding.getSeverity() + " " + finding.getCode(),
            finding -> finding.getEvidence().replaceAll(".*: ", ""))
        .contains(
            tuple("BLOCKER db-less.rate-limiting", "services[0].routes[0].plugins[0]"),
            tuple("WARNING db-less.needs-database", "7f0c"))
        .hasSize(3);
    assertThat(outcome.findings().toString()).doesNotContain("hidden");
  }

  @Test
  void a_file_that_is_not_to_be_read_from_here_is_said_to_be_unseen() throws Exception {
    assertThat(unseen(Optional.empty())).contains("elsewhere");
    assertThat(unseen(Optional.of(folder.resolve("none")))).contains("NoSuchFileException");
    Path broken = Files.writeString(folder.resolve("broken.yml"), "plugins: [");
    assertThat(unseen(Optional.of(broken))).contains("ParserException");
  }

  private static String unseen(Optional<Path> file) {
    Findings findings = new Findings();
    DeclaredPlugins.look(file, findings);
    assertThat(findings.all()).extracting(Finding::getCode).containsExactly("db-less.file-unseen");
    return findings.all().getFirst().getEvidence();
  }

  private Outcome run(String action) throws Exception {
    return run(action, "2.2.1");
  }

  private Outcome run(String action, String from) throws Exception {
    return StandIn.run(
        StandIn.settings(folder),
        action,
        FakePhaseContext.of(
            FakePhaseContext.command("edge", action)
                .setFromVersion(from)
                .setToVersion("2.2.2")
                .build(),
            cluster()));
  }

  private Cluster cluster() throws IOException {
    Path kong = folder.resolve("kong");
    Files.writeString(
        kong,
        """
        #!/bin/sh
        echo "$* database=$KONG_DATABASE" >> %1$s/calls
        case "$1 $2" in
          "config parse")
            if grep -q good "$3"; then echo "parse successful"; exit 0; fi
            printf "Error: Failed parsing:\\nin 'colour': unknown field\\n" >&2; exit 1 ;;
          "version "*) echo 2.2.2 ;;
          "health "*) echo "Kong is not running at x" >&2; exit 1 ;;
          *) echo "Executed migrations:" ;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(kong, PosixFilePermissions.fromString("rwx------"));
    Path inventory = Files.createTempDirectory(folder, "inventory");
    Files.writeString(
        inventory.resolve("cluster.yaml"),
        """
        clusters:
          - name: edge
            topology: db-less
            serving: "2.2.1"
            kong:
              "2.2.1":
                command: [%1$s]
                declarative: %2$s/kong.yml
                nodes: [{name: b1, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:1"}]
              "2.2.2":
                command: [%1$s]
                declarative: %2$s/kong.yml
                nodes: [{name: g1, admin: "http://127.0.0.1:1", proxy: "http://127.0.0.1:1"}]
            router:
              haproxy: {runtime: "tcp://127.0.0.1:1", backend: kong}
        """
            .formatted(kong, folder));
    return Inventory.load(inventory).orThrow().cluster("edge").orElseThrow();
  }
}
