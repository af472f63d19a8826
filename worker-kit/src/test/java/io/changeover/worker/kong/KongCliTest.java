package io.changeover.worker.kong;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KongCliTest {

  private static final List<String> UP = List.of("migrations", "up");

  @TempDir Path folder;

  private KongTarget target(String... command) throws IOException {
    Path secret = Files.createTempFile(folder, "secret", "");
    Files.writeString(secret, "pass word'1");
    return new KongTarget(
        List.of(command),
        Optional.empty(),
        Map.of(
            "KONG_PG_HOST", Secret.of("db.example"),
            "KONG_PG_PASSWORD", Secret.of("${file:" + secret + "}")));
  }

  @Test
  void a_local_command_inherits_its_settings() throws IOException {
    CommandLine line = KongCli.line(target("/opt/kong"), Map.of(), UP);
    assertThat(line.argv()).containsExactly("/opt/kong", "migrations", "up");
    assertThat(line.environment())
        .containsEntry("KONG_PG_PASSWORD", "pass word'1")
        .containsEntry("KONG_PG_HOST", "db.example");
    assertThat(line).hasToString("/opt/kong migrations up");
  }

  @Test
  void a_container_is_told_names_and_never_values() throws IOException {
    CommandLine line = KongCli.line(target("docker", "exec", "green", "kong"), Map.of(), UP);
    assertThat(line.argv())
        .containsExactly(
            "docker",
            "exec",
            "--env",
            "KONG_PG_HOST",
            "--env",
            "KONG_PG_PASSWORD",
            "green",
            "kong",
            "migrations",
            "up");
  }

  @Test
  void sudo_is_told_what_to_keep() throws IOException {
    CommandLine line = KongCli.line(target("sudo", "-u", "kong", "/opt/kong"), Map.of(), UP);
    assertThat(line.argv())
        .containsExactly(
            "sudo",
            "--preserve-env=KONG_PG_HOST,KONG_PG_PASSWORD",
            "-u",
            "kong",
            "/opt/kong",
            "migrations",
            "up");
  }

  @Test
  void a_remote_command_gets_plain_settings_only_and_quoted() throws IOException {
    KongTarget target =
        target("ssh", "node-1", "kong").with("KONG_PLUGINS", Secret.of("bundled,it's"));
    CommandLine line = KongCli.line(target, Map.of(), UP);
    assertThat(line.argv())
        .containsExactly(
            "ssh",
            "node-1",
            "env",
            "KONG_PG_HOST=db.example",
            "'KONG_PLUGINS=bundled,it'\\''s'",
            "kong",
            "migrations",
            "up");
  }

  @Test
  void a_command_in_place_of_kong_s_own_is_run_word_by_word() throws IOException {
    List<String> own = List.of("ssh", "node-1", "systemctl", "start", "kong-blue");
    CommandLine line = KongCli.other(target("ssh", "node-1", "kong"), own);
    assertThat(line.argv()).isEqualTo(own);
    assertThat(line.environment()).containsEntry("KONG_PG_HOST", "db.example");
  }

  @Test
  void kubectl_gets_words_as_they_are() throws IOException {
    CommandLine line =
        KongCli.line(target("kubectl", "exec", "green-0", "--", "kong"), Map.of(), UP);
    assertThat(line.argv())
        .containsExactly(
            "kubectl",
            "exec",
            "green-0",
            "--",
            "env",
            "KONG_PG_HOST=db.example",
            "kong",
            "migrations",
            "up");
  }

  @Test
  void every_call_about_the_cluster_has_an_empty_prefix_of_its_own_that_is_gone_afterwards()
      throws IOException {
    Path kong = kong("echo \"$KONG_PREFIX\"; ls -A \"$KONG_PREFIX\" | wc -l");
    KongTarget target = new KongTarget(List.of(kong.toString()), Optional.empty(), Map.of());
    List<String> one = KongCli.version(target, Duration.ofSeconds(30)).stdout().lines().toList();
    List<String> other = KongCli.version(target, Duration.ofSeconds(30)).stdout().lines().toList();
    assertThat(one.get(0)).isNotEqualTo(other.get(0));
    assertThat(one.get(1)).isEqualTo("0");
    assertThat(Path.of(one.get(0))).doesNotExist();
  }

  @Test
  void a_secret_that_is_not_there_is_named_and_nothing_is_started() throws IOException {
    Path mark = folder.resolve("started");
    KongTarget target =
        new KongTarget(
            List.of(kong("touch " + mark).toString()),
            Optional.empty(),
            Map.of("KONG_PG_PASSWORD", Secret.of("${env:NO_SUCH_VARIABLE_HERE}")));
    CommandResult result = KongCli.version(target, Duration.ofSeconds(30));
    assertThat(result.ending()).isEqualTo(CommandResult.Ending.NOT_STARTED);
    assertThat(result.evidence()).contains("NO_SUCH_VARIABLE_HERE");
    assertThat(mark).doesNotExist();
  }

  @Test
  void plugins_of_the_request_are_added_to_those_named() {
    KongTarget plain = new KongTarget(List.of("kong"), Optional.empty(), Map.of());
    KongTarget named = plain.with("KONG_PLUGINS", Secret.of("key-auth"));
    assertThat(plugins(plain.withPlugins(List.of("acl")))).isEqualTo("bundled,acl");
    assertThat(plugins(named.withPlugins(List.of("acl", "jwt")))).isEqualTo("key-auth,acl,jwt");
    assertThat(plugins(named.withPlugins(List.of("acl", "key-auth")))).isEqualTo("key-auth,acl");
    assertThat(plain.withPlugins(List.of()).environment()).isEmpty();
  }

  private static String plugins(KongTarget target) {
    return Optional.ofNullable(target.environment().get("KONG_PLUGINS"))
        .orElse(Secret.EMPTY)
        .resolve();
  }

  private Path kong(String body) throws IOException {
    Path script = Files.createTempFile(folder, "kong", "");
    Files.writeString(script, "#!/bin/sh\n" + body + "\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
    return script;
  }
}
