package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KongSettingsTest {
  private static final Profile KONG = Profile.of("2.1.4");

  @TempDir Path dir;

  @Test
  void later_sources_win() throws IOException {
    Path conf =
        Files.writeString(
            dir.resolve("kong.conf"),
            "pg_host = file # comment\npg_user = file\npg_database = file\n");
    KongSettings settings =
        KongSettings.resolve(
            KONG,
            conf,
            Map.of("KONG_PG_USER", "env", "KONG_PG_DATABASE", "env", "KONG_PG_HOST", ""),
            Map.of("pg_database", "forced"));
    assertThat(settings.get("pg_port")).isEqualTo("5432");
    assertThat(settings.get("pg_host")).isEqualTo("file");
    assertThat(settings.get("pg_user")).isEqualTo("env");
    assertThat(settings.get("pg_database")).isEqualTo("forced");
  }

  @Test
  void what_a_node_wrote_is_read_back_and_is_for_its_owner_alone() throws IOException {
    KongSettings settings =
        KongSettings.resolve(
            KONG,
            null,
            Map.of("KONG_PREFIX", dir.toString(), "KONG_PG_PASSWORD", "with#hash"),
            Map.of());
    settings.writeKongEnv();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.kongEnv())))
        .isEqualTo("rw-------");
    assertThat(KongSettings.fromKongEnv(KONG, settings.kongEnv(), Map.of()).all())
        .isEqualTo(settings.all());
  }

  @Test
  void listens_are_read_with_their_flags() {
    assertThat(KongSettings.resolve(KONG, null, Map.of(), Map.of()).listens("proxy_listen"))
        .containsExactly(new Listen("0.0.0.0", 8000, false), new Listen("0.0.0.0", 8443, true));
    assertThat(
            KongSettings.resolve(KONG, null, Map.of("KONG_ADMIN_LISTEN", "off"), Map.of())
                .listens("admin_listen"))
        .isEmpty();
  }

  @Test
  void every_wrong_value_is_named() {
    assertThatThrownBy(
            () ->
                KongSettings.resolve(
                    KONG, null, Map.of("KONG_DATABASE", "mysql", "KONG_PG_PORT", "x"), Map.of()))
        .isInstanceOf(KongException.class)
        .hasMessageContaining("database has an invalid value: 'mysql' (postgres, cassandra, off)")
        .hasMessageContaining("pg_port is not a number: 'x'");
  }

  @Test
  void bundled_means_every_plugin_of_the_version() {
    KongSettings settings =
        KongSettings.resolve(KONG, null, Map.of("KONG_PLUGINS", "mine, bundled"), Map.of());
    assertThat(settings.plugins()).startsWith("mine").contains("key-auth", "session").hasSize(37);
  }

  @Test
  void faults_are_read_by_name() {
    Faults faults = Faults.parse("slow-up=1500ms, fail-finish,errors=0.25");
    assertThat(faults.duration("slow-up")).isEqualTo(Duration.ofMillis(1500));
    assertThat(faults.has("fail-finish")).isTrue();
    assertThat(faults.share("errors")).isEqualTo(0.25);
    assertThat(faults.strikes("fail-up", dir)).isFalse();
    Faults once = Faults.parse("fail-up=once");
    assertThat(once.strikes("fail-up", dir)).isTrue();
    assertThat(once.strikes("fail-up", dir)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data_plane|postgres|only in-memory storage can be used when role = \"data_plane\"",
        "control_plane|off|in-memory storage can not be used when role = \"control_plane\"",
        "control_plane|postgres|cluster certificate and key must be provided to use Hybrid mode",
        "data_plane|off|cluster certificate and key must be provided to use Hybrid mode",
        "leader|postgres|role has an invalid value: 'leader' (traditional, control_plane, data_plane)"
      })
  void a_role_asks_for_its_storage_and_a_certificate(String role, String database, String words) {
    Map<String, String> env = Map.of("KONG_ROLE", role, "KONG_DATABASE", database);
    assertThatThrownBy(() -> KongSettings.resolve(KONG, null, env, Map.of()))
        .isInstanceOf(KongException.class)
        .hasMessageContaining(words);
  }

  @Test
  void a_certificate_is_made_once() throws Exception {
    List<String> command =
        List.of(
            "hybrid", "gen_cert", dir.resolve("c.crt").toString(), dir.resolve("c.key").toString());
    assertThat(run(command))
        .startsWith("0 Successfully generated certificate/key pairs, they have been written to: '");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("c.key"))))
        .isEqualTo("rw-------");
    assertThat(run(command))
        .startsWith("1 ")
        .contains("c.crt already exists.\nWill not overwrite it.");
  }

  private static String run(List<String> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exit = KongMain.run(KONG, command, Map.of(), print, print);
    return exit + " " + out.toString(StandardCharsets.UTF_8);
  }
}
