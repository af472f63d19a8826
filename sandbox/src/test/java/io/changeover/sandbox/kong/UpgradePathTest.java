package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The path of Enterprise and the step from Community to it, as state machines.
final class UpgradePathTest {
  private static void hop(StateMachineCluster cluster, String to) {
    assertThat(cluster.migrations(to, "list").exit()).as("new for %s", to).isEqualTo(5);
    assertThat(cluster.start(to, "early").err()).contains("New migrations available");
    assertThat(cluster.migrations(to, "up").exit()).as("up of %s", to).isZero();
    assertThat(cluster.start(to, to).exit()).as("start of %s", to).isZero();
    assertThat(cluster.migrations(to, "finish").exit()).as("finish of %s", to).isZero();
    assertThat(cluster.migrations(to, "list").exit()).as("finished %s", to).isZero();
  }

  @Test
  void each_minor_leads_to_the_next() {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "0.36.0", "0.36.0");
    for (String version : List.of("1.3.0.2", "1.5.0.7", "2.1.4.0", "2.2.0.0")) {
      hop(cluster, version);
    }
    assertThat(cluster.running()).hasSize(5).containsEntry("2.2.0.0", "2.2.0.0");
    assertThat(cluster.start("1.3.0.2", "again").out()).isEqualTo("Kong started\n");
  }

  @Test
  void a_fresh_schema_lacks_nothing_of_an_upgraded_one() {
    StateMachineCluster upgraded = StateMachineCluster.serving("c", "1.3.0.2");
    for (String version : List.of("1.5.0.7", "2.1.4.0", "2.2.0.0")) {
      hop(upgraded, version);
    }
    assertThat(upgraded.schema("2.2.0.0").executed())
        .isEqualTo(StateMachineCluster.serving("d", "2.2.0.0").schema("2.2.0.0").executed());
  }

  @Test
  void the_hop_to_2_1_leaves_most_for_finish() {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "1.5.0.7");
    assertThat(cluster.schema("2.1.4.0").fresh())
        .containsEntry("enterprise", List.of("010_1500_to_2100", "007_1500_to_2100"))
        .containsEntry("enterprise.acl", List.of("001_1500_to_2100"))
        .containsEntry(
            "core",
            List.of("008_150_to_200", "009_200_to_210", "010_210_to_211", "011_212_to_213"));
    cluster.migrations("2.1.4.0", "up");
    assertThat(cluster.schema("2.1.4.0").pending())
        .containsEntry("core", List.of("008_150_to_200", "009_200_to_210"))
        .containsKeys("enterprise", "key-auth", "oauth2", "enterprise.mtls-auth");
  }

  @Test
  void kong_itself_lets_a_hop_be_skipped() {
    for (String version : List.of("0.36.0", "1.3.0.2")) {
      StateMachineCluster cluster = StateMachineCluster.serving("c", version);
      assertThat(cluster.migrations("2.2.0.0", "up").exit()).isZero();
      assertThat(cluster.schema("2.2.0.0").pending().get("core"))
          .as("from %s", version)
          .contains("008_150_to_200", "009_200_to_210", "012_213_to_220");
    }
  }

  @Test
  void enterprise_0_36_has_what_open_source_1_2_has() {
    assertThat(StateMachineCluster.serving("c", "0.36.0").schema("1.3.0.2").fresh())
        .containsEntry("core", List.of("005_120_to_130"));
  }

  @Test
  void enterprise_goes_on_from_community_of_the_same_base() {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "2.1.4", "community");
    assertThat(cluster.schema("2.1.4.0").fresh().keySet())
        .contains("enterprise", "enterprise.acl")
        .allMatch(subsystem -> subsystem.startsWith("enterprise"));
    hop(cluster, "2.1.4.0");
    assertThat(cluster.schema("2.1.4.0").executed().get("enterprise"))
        .containsExactly(
            "000_base",
            "006_1301_to_1500",
            "006_1301_to_1302",
            "010_1500_to_2100",
            "007_1500_to_1504",
            "008_1504_to_1505",
            "007_1500_to_2100",
            "009_1506_to_1507");
    assertThat(cluster.start("2.1.4", "again").out()).isEqualTo("Kong started\n");
  }

  @Test
  void an_edition_is_said_in_the_version() {
    assertThat(
            Profile.versions().stream()
                .map(Profile::of)
                .filter(profile -> profile.edition() == Profile.Edition.ENTERPRISE)
                .map(Profile::banner))
        .containsExactlyInAnyOrder(
            "0.36.0-enterprise-edition",
            "1.3.0.2-enterprise-edition",
            "1.5.0.7-enterprise-edition",
            "2.1.4.0-enterprise-edition",
            "2.2.0.0-enterprise-edition");
    assertThat(Profile.of("2.1.4").banner()).isEqualTo("2.1.4");
  }

  @Test
  void a_version_has_the_fields_that_its_migrations_brought() {
    Map<String, Set<String>> brought =
        Map.of(
            "1.3.0.2", Set.of("headers"),
            "1.5.0.7", Set.of("path_handling"),
            "2.1.4.0", Set.of(),
            "2.2.0.0", Set.of("request_buffering", "response_buffering"));
    Set<String> before = routeFields("0.36.0");
    for (String version : List.of("1.3.0.2", "1.5.0.7", "2.1.4.0", "2.2.0.0")) {
      Set<String> fields = routeFields(version);
      assertThat(fields).as(version).containsAll(before);
      Set<String> added = new HashSet<>(fields);
      added.removeAll(before);
      assertThat(added).as(version).isEqualTo(brought.get(version));
      before = fields;
    }
    assertThat(routeFields("2.1.4")).isEqualTo(routeFields("2.1.4.0"));
  }

  private static Set<String> routeFields(String version) {
    return Profile.of(version).entity("routes").fields().stream()
        .map(Field::name)
        .collect(Collectors.toSet());
  }
}
