package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.1.4",
        "2.1.4.0",
        "2.2.0.0-beta1",
        "2.1.4.0-enterprise-edition",
        "0.36.1",
        "2.2.2+oauth2",
        "2.2.0.0-beta1+a.b-C"
      })
  void versions_of_three_or_four_numbers_with_a_suffix_are_read(String text) {
    assertThat(KongVersion.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2.1",
        "2.1.x",
        "v2.1.4",
        "2.1.4.0.1",
        "2.1.4-",
        "1234567.1.1",
        "2.2.2+",
        "2.2.2+a+b",
        "2.2.2+a b"
      })
  void other_things_are_not(String text) {
    assertThat(KongVersion.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, 2.2.2, -1",
    "2.1.10, 2.1.9, 1",
    "2.1.4, 2.1.4.0, 0",
    "2.1.4.1, 2.1.4, 1",
    "2.1.4.0-enterprise-edition, 2.1.4, 0",
    "2.2.0.0-beta1, 2.2.0.0, -1",
    "2.2.0.0-beta1, 2.2.0.0-beta2, -1",
    "2.2.0.0-beta2, 2.2.0.0-beta10, -1",
    "2.2.0-alpha3, 2.2.0-beta, -1",
    "2.2.0-beta9, 2.2.0-rc.1, -1",
    "2.2.0-BETA1, 2.2.0, -1",
    "2.2.0-rc1, 2.1.9, 1",
    "1.3.0, 0.36.9, 1",
    "2.2.2, 2.2.2+oauth2, 0",
    "2.2.2+b, 2.2.2+a, 0",
    "2.1.4+9.9.9, 2.2.2, -1"
  })
  void versions_compare_by_number_and_then_by_stage(String left, String right, int expected) {
    assertThat(Integer.signum(read(left).compareTo(read(right)))).isEqualTo(expected);
    assertThat(Integer.signum(read(right).compareTo(read(left)))).isEqualTo(-expected);
  }

  @Test
  void of_several_the_newest_without_a_label_is_taken_and_one_with_it_where_there_is_no_other() {
    assertThat(KongVersion.newest(Stream.of("2.2.2+oauth2", "2.2.1", "latest", "2.2.0")))
        .contains("2.2.1");
    assertThat(KongVersion.newest(Stream.of("2.2.1+a", "2.2.2+b"))).contains("2.2.2+b");
    assertThat(KongVersion.newest(Stream.of("latest"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.2, 2.2.2+oauth2, true",
    "2.2.2+oauth2, 2.2.2, true",
    "2.2.2+a, 2.2.2+b, true",
    "2.2.2.0-beta1, 2.2.2.0-beta1+a, true",
    "2.2.2+a, 2.2.2+a, false",
    "2.2.2, 2.2.3+a, false",
    "2.2.2.0, 2.2.2.0-beta1+a, false",
    "'', 2.2.2+a, false",
    "latest, newest, false"
  })
  void a_label_alone_makes_other_nodes_of_the_same_version(
      String from, String to, boolean expected) {
    assertThat(KongVersion.relabelled(from, to)).isEqualTo(expected);
  }

  @Test
  void the_minor_decides_the_path() {
    assertThat(read("2.1.4.0-enterprise-edition").minor()).isEqualTo("2.1");
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, 2.2.2, OK",
    "2.1.0, 2.1.4, OK",
    "0.36.1, 0.36.2, OK",
    "2.2.0.0-beta1, 2.2.0.0, OK",
    "2.2.2, 2.2.2, NOT_AN_UPGRADE",
    "2.2.2, 2.1.4, NOT_AN_UPGRADE",
    "2.1.4, 2.1.3, NOT_AN_UPGRADE",
    "2.1.4, 3.0.0, OFF_PATH",
    "2.0.0, 2.1.4, OFF_PATH",
    "1.5.0, 2.2.2, SKIPPED_HOP",
    "0.36.1, 1.5.0, SKIPPED_HOP",
    "1.5.0, 2.1.4, DOWNTIME_NOT_ACKNOWLEDGED",
    "0.36.1, 1.3.0, DOWNTIME_NOT_ACKNOWLEDGED",
    "latest, 2.2.2, VERSION_UNREADABLE",
    "2.1.4, latest, VERSION_UNREADABLE"
  })
  void the_path_is_a_table(String from, String to, String expected) {
    Optional<Refusal> refusal = VersionPath.forbids(from, to, List.of());
    assertThat(refusal.map(Refusal::reason).map(Enum::name).orElse("OK")).isEqualTo(expected);
  }

  @Test
  void a_skipped_hop_names_the_path_that_works() {
    Refusal refusal = VersionPath.forbids("1.3.0", "2.2.2", List.of()).orElseThrow();
    assertThat(refusal.sentence()).contains("1.3 → 2.2", "Go 1.3 → 1.5 → 2.1 → 2.2.");
  }

  @Test
  void an_older_hop_goes_once_its_downtime_is_acknowledged() {
    assertThat(VersionPath.forbids("1.5.0", "2.1.4", List.of("downtime:1.5-2.1"))).isEmpty();
    assertThat(VersionPath.forbids("1.5.0", "2.1.4", List.of("downtime:1.3-1.5"))).isPresent();
  }

  private static KongVersion read(String text) {
    return KongVersion.parse(text).orElseThrow();
  }
}
