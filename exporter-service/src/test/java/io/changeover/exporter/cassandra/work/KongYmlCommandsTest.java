package io.changeover.exporter.cassandra.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.KeyspaceInventory;
import io.changeover.inventory.CassandraDatastore;
import io.changeover.inventory.Cluster;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.schemas.Actions;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KongYmlCommandsTest {

  @TempDir private Path folder;

  private List<Finding> look(String copy, String blue, String green) throws IOException {
    return look(copy, "community", blue, green);
  }

  private List<Finding> look(String copy, String edition, String blue, String green)
      throws IOException {
    Cluster cluster =
        KeyspaceInventory.cluster(
            KeyspaceInventory.describe(
                folder,
                """
                contactPoints: [127.0.0.1]
                localDatacenter: datacenter1
                green: {keyspace: green}
                copy: {%s}
                """
                    .formatted(copy),
                """
                "2.1.4":
                  edition: %s
                  command: %s
                  nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
                "2.2.2":
                  edition: %s
                  command: %s
                  nodes: [{name: green, admin: "http://g:8001", proxy: "http://g:8000"}]
                """
                    .formatted(edition, blue, edition, green)));
    return KongYmlCommands.look(
        FakePhaseContext.of(FakePhaseContext.command("one", Actions.PREFLIGHT).build(), cluster),
        (CassandraDatastore) cluster.datastore(),
        Duration.ofSeconds(30));
  }

  private String saying(String version) throws IOException {
    Path script = folder.resolve(version);
    Files.writeString(script, "#!/bin/sh\n[ \"$1\" = version ] && echo 'Kong " + version + "'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return "[" + script + "]";
  }

  @Test
  void both_commands_are_asked_where_kong_exports_itself() throws IOException {
    assertThat(look("way: kong-yml, export: kong", saying("2.1.4"), saying("2.2.2")))
        .allSatisfy(finding -> assertThat(finding.getSeverity()).isEqualTo(Severity.FACT))
        .extracting(Finding::getCode)
        .containsExactly("blue.command-of-export", "green.command-of-import");
    assertThat(look("way: kong-yml", saying("2.1.4"), saying("2.2.2")))
        .extracting(Finding::getCode)
        .containsExactly("green.command-of-import");
    assertThat(look("way: copy", saying("2.1.4"), saying("2.2.2"))).isEmpty();
  }

  @Test
  void a_command_that_is_not_here_or_of_another_version_is_a_blocker_with_a_way_out()
      throws IOException {
    assertThat(look("way: kong-yml, export: kong", "[/nonexistent/kong]", saying("2.2.10")))
        .allSatisfy(finding -> assertThat(finding.getSeverity()).isEqualTo(Severity.BLOCKER))
        .satisfiesExactly(
            blue -> {
              assertThat(blue.getEvidence()).contains("/nonexistent/kong", "could not be started");
              assertThat(blue.getRemedy()).contains("Kong 2.1.4", "export: changeover");
            },
            green -> {
              assertThat(green.getEvidence()).contains("2.2.10");
              assertThat(green.getRemedy()).contains("Kong 2.2.2").doesNotContain("changeover}");
            });
  }

  @Test
  void a_command_in_another_place_is_said_to_need_the_folders_there() throws IOException {
    assertThat(
            look(
                "way: kong-yml, export: kong",
                "[/nonexistent/docker, exec, blue, kong]",
                saying("2.2.2")))
        .filteredOn(finding -> finding.getSeverity() == Severity.WARNING)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("blue.command-elsewhere");
              assertThat(finding.getRemedy()).contains("`copy: folder`");
            });
  }

  @Test
  void that_enterprise_does_not_support_kongs_own_export_is_said_with_a_way_out()
      throws IOException {
    String copy = "way: kong-yml, export: kong";
    assertThat(look(copy, "enterprise", saying("2.1.4"), saying("2.2.2")))
        .filteredOn(finding -> finding.getSeverity() == Severity.WARNING)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("blue.export-unsupported");
              assertThat(finding.getEvidence()).contains("2.1.4 is Enterprise", "1.5.0.0");
              assertThat(finding.getRemedy()).contains("export: changeover");
            });
    assertThat(look("way: kong-yml", "enterprise", saying("2.1.4"), saying("2.2.2")))
        .extracting(Finding::getCode)
        .containsExactly("green.command-of-import");
  }
}
