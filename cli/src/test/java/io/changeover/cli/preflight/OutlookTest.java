package io.changeover.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.preflight.Found.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        null);
  }

  @Test
  void the_newest_version_is_where_it_goes_and_what_must_be_accepted_is_a_warning()
      throws Exception {
    Outlook outlook = outlook("2.1.4", "2.2.2");
    assertThat(outlook.path()).containsExactly("2.1.4", "2.2.2");
    assertThat(outlook.firstTo()).hasValue("2.2.2");
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
    assertThat(outlook.firstTo()).hasValue("2.2.2");
    assertThat(outlook.findings())
        .filteredOn(found -> found.severity() == Severity.BLOCKER)
        .extracting(Found::code)
        .contains("plan.off-path");
  }

  @Test
  void without_a_newer_version_there_is_nothing_to_look_at() throws Exception {
    Outlook outlook = outlook("2.2.2", "2.1.4");
    assertThat(outlook.firstTo()).isEmpty();
    assertThat(outlook.findings()).extracting(Found::code).containsExactly("version.none-newer");
  }

  @Test
  void where_nothing_serves_the_missing_look_is_said() throws Exception {
    String yaml = EstateYaml.cluster("eu", "2.1.4", "2.2.2", "127.0.0.1", 1);
    Outlook outlook =
        Outlook.of(estate(yaml.replaceFirst("    serving: .*\n", "")).clusters().getFirst(), null);
    assertThat(outlook.to()).isEqualTo("2.2.2");
    assertThat(outlook.firstTo()).isEmpty();
    assertThat(outlook.findings()).extracting(Found::code).containsExactly("install.not-looked");
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
