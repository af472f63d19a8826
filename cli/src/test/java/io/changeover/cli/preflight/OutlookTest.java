package io.changeover.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.preflight.Found.Severity;
import io.changeover.cli.preflight.Outlook.Move;
import io.changeover.cli.suite.Home;
import io.changeover.inventory.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlookTest {
  @TempDir private Path folder;

  private Estate estate(String... entries) throws Exception {
    Files.writeString(folder.resolve("estate.yaml"), "clusters:\n" + String.join("", entries));
    Estate estate = Estate.read(folder);
    assertThat(estate.broken()).isEmpty();
    return estate;
  }

  private Outlook outlook(String serving, String newer) throws Exception {
    return Outlook.of(
        estate(EstateYaml.cluster("eu", serving, newer, "127.0.0.1", 1)).clusters().getFirst(),
        null,
        List.of());
  }

  @Test
  void the_newest_version_is_where_it_goes_and_what_must_be_accepted_is_a_warning()
      throws Exception {
    Outlook outlook = outlook("2.1.4", "2.2.2");
    assertThat(outlook.path()).containsExactly("2.1.4", "2.2.2");
    assertThat(outlook.moves()).containsExactly(new Move("2.1.4", "2.2.2", true));
    assertThat(outlook.downtime()).isEmpty();
    assertThat(outlook.findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.code()).isEqualTo("plan.backup-not-acknowledged");
              assertThat(found.severity()).isEqualTo(Severity.WARNING);
              assertThat(found.by()).isEqualTo("planner");
            });
  }

  @Test
  void a_hop_without_a_promise_is_named() throws Exception {
    Outlook outlook = outlook("1.5.0", "2.1.4");
    assertThat(outlook.downtime()).isNotEmpty();
    assertThat(outlook.path()).containsExactly("1.5.0", "2.1.4");
    assertThat(outlook.findings())
        .extracting(Found::code)
        .contains("plan.downtime-not-acknowledged");
  }

  @Test
  void a_way_that_the_planner_refuses_is_a_blocker_and_the_workers_are_still_asked()
      throws Exception {
    Outlook outlook = outlook("1.0.0", "2.2.2");
    assertThat(outlook.path()).isEmpty();
    assertThat(outlook.moves()).containsExactly(new Move("1.0.0", "2.2.2", true));
    assertThat(outlook.findings())
        .filteredOn(found -> found.severity() == Severity.BLOCKER)
        .extracting(Found::code)
        .contains("plan.off-path");
  }

  @Test
  void without_a_newer_version_there_is_nothing_to_look_at() throws Exception {
    Outlook outlook = outlook("2.2.2", "2.1.4");
    assertThat(outlook.moves()).isEmpty();
    assertThat(outlook.findings()).extracting(Found::code).containsExactly("version.none-newer");
  }

  @Test
  void where_nothing_serves_the_installation_is_planned_and_looked_at() throws Exception {
    String yaml = EstateYaml.cluster("eu", "2.1.4", "2.2.2", "127.0.0.1", 1);
    Outlook outlook =
        Outlook.of(
            estate(yaml.replaceFirst("    serving: .*\n", "")).clusters().getFirst(),
            null,
            List.of());
    assertThat(outlook.procedure()).isEqualTo("fresh-install");
    assertThat(outlook.path()).containsExactly("2.2.2");
    assertThat(outlook.moves()).containsExactly(new Move("", "2.2.2", true));
    assertThat(outlook.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hybrid, hybrid, 2.1.4 2.2.2",
    "db-less, db-less, 2.1.4 2.2.2",
    "fresh, fresh-install, 2.2.2",
  })
  void every_topology_of_the_examples_has_a_way(String file, String procedure, String path) {
    Estate estate = Estate.read(Home.find().root().resolve("examples/inventory"));
    Cluster cluster =
        estate.clusters().stream()
            .filter(one -> one.source().file().endsWith(file + ".yaml"))
            .findFirst()
            .orElseThrow();
    Outlook outlook = Outlook.of(cluster, null, List.of());
    assertThat(outlook.procedure()).isEqualTo(procedure);
    assertThat(outlook.path()).containsExactly(path.split(" "));
    assertThat(outlook.moves()).hasSize(1);
    assertThat(outlook.findings()).noneMatch(found -> found.severity() == Severity.BLOCKER);
  }

  @Test
  void from_community_to_enterprise_is_one_hop_that_needs_a_backup() throws Exception {
    String yaml =
        EstateYaml.cluster("eu", "2.1.4", "2.1.4.0", "127.0.0.1", 1)
            .replace("\"2.1.4\":", "\"2.1.4\":\n        edition: community")
            .replace("backup: off", "backup: copy");
    Outlook outlook = Outlook.of(estate(yaml).clusters().getFirst(), null, List.of());
    assertThat(outlook.procedure()).isEqualTo("community-to-enterprise");
    assertThat(outlook.path()).containsExactly("2.1.4", "2.1.4.0");
    assertThat(outlook.findings()).isEmpty();
  }

  @Test
  void a_plugin_that_comes_later_is_looked_at_where_its_nodes_are_asked_for() throws Exception {
    String yaml =
        EstateYaml.cluster("eu", "2.2.2", "2.2.2+oauth2", "127.0.0.1", 1)
            .replace(
                "name: g, admin: \"http://127.0.0.1:1\", proxy: \"http://127.0.0.1:1\"",
                "name: g, admin: \"http://127.0.0.1:2\", proxy: \"http://127.0.0.1:2\"");
    Cluster cluster = estate(yaml).clusters().getFirst();
    Outlook outlook = Outlook.of(cluster, "2.2.2+oauth2", List.of("oauth2"));
    assertThat(outlook.path()).containsExactly("2.2.2", "2.2.2+oauth2");
    assertThat(outlook.moves()).containsExactly(new Move("2.2.2", "2.2.2+oauth2", true));
    assertThat(outlook.plan().orElseThrow().plugins()).containsExactly("oauth2");
    assertThat(outlook.way()).isNull();
    assertThat(Outlook.of(cluster, null, List.of()).findings())
        .extracting(Found::code)
        .containsExactly("version.none-newer");
    assertThat(Outlook.of(cluster, "2.2.2+oauth2", List.of()).findings())
        .filteredOn(found -> found.severity() == Severity.BLOCKER)
        .extracting(Found::remedy)
        .singleElement()
        .asString()
        .contains("--plugin NAME");
  }

  @Test
  void every_hop_of_a_longer_way_is_looked_at() throws Exception {
    String yaml = EstateYaml.threeVersions("eu", "127.0.0.1", 1);
    Outlook outlook = Outlook.of(estate(yaml).clusters().getFirst(), null, List.of());
    assertThat(outlook.path()).containsExactly("1.5.0", "2.1.4", "2.2.2");
    assertThat(outlook.moves())
        .containsExactly(new Move("1.5.0", "2.1.4", true), new Move("2.1.4", "2.2.2", false));
  }

  @Test
  void a_broken_file_is_a_finding_of_each_of_its_clusters() throws Exception {
    Files.writeString(
        folder.resolve("broken.yaml"),
        "clusters:\n  - name: lost-1\n    serving: 7\n  - name: lost-2\n");
    Files.writeString(folder.resolve("torn.yaml"), "clusters: [");
    Files.writeString(
        folder.resolve("sound.yaml"),
        "clusters:\n" + EstateYaml.cluster("eu", "2.1.4", "2.2.2", "127.0.0.1", 1));
    Estate estate = Estate.read(folder);
    assertThat(estate.clusters()).extracting(cluster -> cluster.name()).containsExactly("eu");
    assertThat(estate.broken())
        .extracting(ClusterResult::name)
        .containsExactlyInAnyOrder("lost-1", "lost-2", "(file torn.yaml)");
    assertThat(estate.broken())
        .allSatisfy(
            result ->
                assertThat(result.findings())
                    .isNotEmpty()
                    .allSatisfy(
                        found -> {
                          assertThat(found.code()).isEqualTo("inventory.broken");
                          assertThat(found.evidence()).containsPattern("\\.yaml:\\d+:\\d+: .+");
                        }));
  }
}
