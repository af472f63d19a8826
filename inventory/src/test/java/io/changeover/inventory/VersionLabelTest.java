package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One version of Kong may stand there twice: `2.2.2` and, on other nodes, `2.2.2+oauth2`.
class VersionLabelTest {
  private static final String GREEN =
      """
            "2.1.4+oauth2":
              nodes: [{name: green, admin: "http://g:8001", proxy: "http://g:8000"}]
      """;

  @TempDir Path dir;
  Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void open() {
    folder = new Folder(dir);
  }

  private static String with(String version) {
    return Folder.SMALL.replace("    router:", version + "    router:");
  }

  @Test
  void a_label_names_other_nodes_of_the_same_version_and_edition() {
    Cluster cluster = folder.with("a.yaml", with(GREEN)).only();
    KongVersion green = cluster.version("2.1.4+oauth2").orElseThrow();
    assertThat(green.number()).isEqualTo("2.1.4");
    assertThat(green.edition()).isEqualTo(Edition.COMMUNITY);
    assertThat(cluster.addsPlugins("2.1.4", "2.1.4+oauth2")).isTrue();
    assertThat(cluster.addsPlugins("2.1.4+oauth2", "2.1.4")).isTrue();
    assertThat(cluster.addsPlugins("2.1.4", "2.1.4")).isFalse();
    assertThat(cluster.addsPlugins("2.1.4", "2.1.4+other")).isFalse();
    assertThat(cluster.addsPlugins("", "2.1.4")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4+enterprise, COMMUNITY, true",
    "2.1.4.0+b, ENTERPRISE, false",
    "2.1.5+b, COMMUNITY, false",
    "2.2.0-rc.1+b, COMMUNITY, false"
  })
  void the_label_tells_no_edition(String version, Edition edition, boolean sameKong) {
    Cluster cluster = folder.with("a.yaml", with(GREEN.replace("2.1.4+oauth2", version))).only();
    assertThat(cluster.version(version).orElseThrow().edition()).isEqualTo(edition);
    assertThat(cluster.addsPlugins("2.1.4", version)).isEqualTo(sameKong);
  }

  @Test
  void another_edition_is_another_kong() {
    String enterprise = GREEN.replace("nodes:", "edition: enterprise\n        nodes:");
    assertThat(folder.with("a.yaml", with(enterprise)).only().addsPlugins("2.1.4", "2.1.4+oauth2"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4+", "2.1.4+a+b", "2.1.4+a b", "2.1.4+a/b", "+a"})
  void other_labels_are_none(String version) {
    assertThat(folder.with("a.yaml", with(GREEN.replace("2.1.4+oauth2", version))).errors())
        .singleElement()
        .asString()
        .contains("the key `" + version + "`", "\"2.2.2+oauth2\" for other nodes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin: \"http://b:8001\"", "proxy: \"http://b:8000\""})
  void nodes_of_one_version_have_addresses_of_their_own(String address) {
    String key = address.split(":", 2)[0];
    String shared = GREEN.replaceFirst(key + ": \"[^\"]*\"", address);
    assertThat(folder.with("a.yaml", with(shared)).errors())
        .singleElement()
        .asString()
        .contains("node `green` under `2.1.4+oauth2` has an address of another node of 2.1.4");
  }

  @Test
  void nodes_of_another_version_may_come_to_the_place_of_old_ones() {
    String later =
        GREEN.replace("2.1.4+oauth2", "2.2.2+oauth2").replace("http://g:8001", "http://b:8001");
    assertThat(folder.with("a.yaml", with(later)).errors()).isEmpty();
  }
}
