package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Secret;
import io.changeover.worker.kong.KongTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void the_environment_is_over_the_file_and_the_file_over_the_default() throws IOException {
    Path conf = folder.resolve("kong.conf");
    Files.writeString(
        conf, "# pg_host = no\npg_database = blue # the old one\npg_port=6432\npg_user =\n");
    KongTarget target =
        new KongTarget(
            List.of("/opt/kong"),
            Optional.of(conf.toString()),
            Map.of("KONG_PG_DATABASE", Secret.of("green")));
    Settings settings = Settings.of(target);
    assertThat(settings.value("pg_database", "kong")).contains("green");
    assertThat(settings.value("pg_port", "5432")).contains("6432");
    assertThat(settings.value("pg_host", "127.0.0.1")).contains("127.0.0.1");
    assertThat(settings.value("pg_user", "kong")).contains("kong");
  }

  @Test
  void an_empty_variable_says_nothing() throws IOException {
    Path conf = Files.createFile(folder.resolve("kong.conf"));
    KongTarget target =
        new KongTarget(
            List.of("/opt/kong"),
            Optional.of(conf.toString()),
            Map.of("KONG_PG_PORT", Secret.EMPTY));
    assertThat(Settings.of(target).value("pg_port", "5432")).contains("5432");
  }

  @Test
  void a_file_on_another_machine_leaves_unknown_what_the_inventory_does_not_say() {
    KongTarget target =
        new KongTarget(
            List.of("ssh", "node-1", "kong"),
            Optional.empty(),
            Map.of("KONG_PG_DATABASE", Secret.of("kong")));
    assertThat(Settings.of(target).value("pg_database", "kong")).contains("kong");
    assertThat(Settings.of(target).value("pg_schema", "public")).isEmpty();
  }

  @Test
  void a_file_that_is_not_there_leaves_it_unknown_too() {
    KongTarget target =
        new KongTarget(List.of("/opt/kong"), Optional.of("/nowhere/kong.conf"), Map.of());
    assertThat(Settings.of(target).value("pg_database", "kong")).isEmpty();
  }
}
