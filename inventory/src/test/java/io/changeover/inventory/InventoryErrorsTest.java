package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryErrorsTest {

  @TempDir Path dir;
  Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void open() {
    folder = new Folder(dir);
  }

  @Test
  void come_all_at_once_with_file_line_and_expectation() {
    folder
        .with(
            "a.yaml",
            """
            clusters:
              - name: one
                serving: "2.1.4"
                datastore:
                  postgres: {host: db, prot: 5432, database: kong, user: kong, password: hunter2}
                kong:
                  "2.1.4":
                    command: kong
                    nodes:
                      - {name: blue, admin: "127.0.0.1:8001", proxy: "http://b:8000"}
                router:
                  haproxy: {runtime: "localhost:9999", backend: kong}
                upgrade:
                  soak: 10 minutes
                  steps: [{setWeight: 50}, {setWeight: 250}]
            """)
        .with("b.yaml", "clusters:\n  - {name: two}\n");
    assertThat(folder.errors())
        .containsExactlyInAnyOrder(
            "a.yaml:5 clusters[0].datastore.postgres.password: a literal secret; expected a reference: ${env:NAME} or ${file:/path}",
            "a.yaml:5 clusters[0].datastore.postgres.prot: unknown key `prot`; expected `port`, perhaps",
            "a.yaml:8 clusters[0].kong.2.1.4.command: a single value; expected a list",
            "a.yaml:10 clusters[0].kong.2.1.4.nodes[0].admin: `127.0.0.1:8001`; expected an address like http://127.0.0.1:8001",
            "a.yaml:12 clusters[0].router.haproxy.runtime: `localhost:9999`; expected tcp://host:port or unix:///path",
            "a.yaml:14 clusters[0].upgrade.soak: `10 minutes`; expected a duration like 500ms, 10s, 5m or 24h",
            "a.yaml:15 clusters[0].upgrade.steps[1].setWeight: `250`; expected a whole number from 1 to 100",
            "a.yaml:15 clusters[0].upgrade.steps: step 1 does not rise above the one before; expected weights that rise from step to step",
            "a.yaml:15 clusters[0].upgrade.steps: the last step is not at 100; expected `setWeight: 100` as the last step",
            "b.yaml:2 clusters[0].datastore: it is missing; expected the key `datastore`",
            "b.yaml:2 clusters[0].kong: it is missing; expected the key `kong`",
            "b.yaml:2 clusters[0].router: it is missing; expected the key `router`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "serving: \"2.1.4\"|serving: \"2.1.5\"|serving: `2.1.5` is not under `kong`; expected one of 2.1.4",
        "serving: \"2.1.4\"|serving: latest|serving: `latest`; expected a version like \"2.1.4\"",
        "name: small|name: a b|name: `a b`; expected a name of letters",
        "name: small|name: \"\"|name: ``; expected a name of letters",
        "host: db|host: \" \"|datastore.postgres.host: an empty text; expected a text",
        "host: db|host:|datastore.postgres.host: nothing; expected a text",
        "host: db|host: db, port: 99999|datastore.postgres.port: `99999`; expected a whole number from 1 to 65535",
        "host: db|host: db, sslMode: on|datastore.postgres.sslMode: `on`; expected one of disable, prefer, require",
        "postgres: {|mysql: {|datastore.mysql: unknown key `mysql`; expected one of postgres, cassandra",
        "postgres: {|cassandra: {contactPoints: [a], localDatacenter: b, sameKeyspace: true}, postgres: {|datastore.postgres: both `postgres` and `cassandra`; expected either",
        "name: small|name: small, procedure: keyspace-copy|procedure: `keyspace-copy` does not fit the datastore; expected shared-datastore",
        "http://b:8000|ftp://b:8000|kong.2.1.4.nodes[0].proxy: `ftp://b:8000`; expected an address",
        "http://b:8000|http://u:p@b:8000|kong.2.1.4.nodes[0].proxy: an address with user and password",
        "nodes: [|command: [], nodes: [|kong.2.1.4.command: an empty list; expected a program",
        "nodes: [|command: [kong, \"${env:X}\"], nodes: [|kong.2.1.4.command[1]: a secret on a command line",
        "nodes: [|environment: {KONG_PG_PASSWORD: hunter2}, nodes: [|kong.2.1.4.environment.KONG_PG_PASSWORD: a literal secret",
        "nodes: [|environment: {KONG_ADMIN_GUI_SECRET: hunter2}, nodes: [|kong.2.1.4.environment.KONG_ADMIN_GUI_SECRET: a literal secret",
        "nodes: [|environment: {MY-NAME: x}, nodes: [|kong.2.1.4.environment.MY-NAME: the name `MY-NAME`; expected the name of an environment variable",
        "nodes: [|nodes: [{name: blue, admin: \"http://c:1\", proxy: \"http://c:2\"}, |kong: the node name `blue` stands there twice; expected each once",
        "nodes: [|conf: kong.conf, nodes: [|kong.2.1.4.conf: `kong.conf`; expected an absolute path",
        "nodes: [|provision: {runbook: a/b}, nodes: [|kong.2.1.4.provision.runbook: `a/b`; expected a name",
        "backend: kong|backend: kong, backend: kong2|router.haproxy.backend: the key stands here twice; expected it once",
        "backend: kong|backend: kong, syslog: \"1.2.3.4\"|router.haproxy.syslog: `1.2.3.4`; expected host:port",
      })
  void name_the_place(String right, String wrong, String error) {
    String text =
        asBlocks(Folder.SMALL)
            .replaceFirst(
                java.util.regex.Pattern.quote(right),
                java.util.regex.Matcher.quoteReplacement(wrong));
    assertThat(folder.with("a.yaml", text).errors())
        .anySatisfy(found -> assertThat(found).contains(" clusters[0]." + error));
  }

  /// The small cluster with mappings in braces, so that a key can be added in a line.
  private static String asBlocks(String small) {
    return small
        .replace("- name: small\n    serving: \"2.1.4\"\n", "- {name: small, serving: \"2.1.4\",\n")
        .replace(
            "    datastore:\n      postgres: {host: db, database: kong, user: kong}\n",
            "    datastore: {postgres: {host: db, database: kong, user: kong}},\n")
        .replace(
            "    kong:\n      \"2.1.4\":\n        nodes: [{", "    kong: {\"2.1.4\": {nodes: [{")
        .replace("proxy: \"http://b:8000\"}]\n", "proxy: \"http://b:8000\"}]}},\n")
        .replace(
            "    router:\n      haproxy: {runtime: \"tcp://lb:9999\", backend: kong}\n",
            "    router: {haproxy: {runtime: \"tcp://lb:9999\", backend: kong}}}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "gates: [{name: confirm, before: soak}]|gates[0]: `confirm` before soak; expected it before migrate-finish",
        "gates: [{name: a, before: soak}, {name: a, before: soak}]|gates[1]: a second gate `a`; expected each name once",
        "gates: [{name: a, before: shift-7}]|gates[0].before: `shift-7`; expected one of preflight, preflight-router, backup",
        "hooks: [{runbook: a, before: confirm}]|hooks[0].before: `confirm`; expected one of",
        "deadlines: {migrate: 1h}|deadlines.migrate: the key `migrate`; expected one of preflight",
        "deadlines: {shift: soon}|deadlines.shift: `soon`; expected a duration",
        "retry: {maxAttempts: 0}|retry.maxAttempts: `0`; expected a whole number from 1 to 100",
        "heartbeat: {interval: 10s, timeout: 15s}|heartbeat.timeout: less than two intervals; expected at least twice",
        "heartbeat: {interval: 0s}|heartbeat.interval: no time at all; expected at least 1ms",
        "backup: tape|backup: `tape`; expected one of copy, pg_dump, off",
        "backupFormats: [tar]|backupFormats[0]: `tar`; expected one of kong-yml",
        "backupDir: backups|backupDir: `backups`; expected an absolute path",
        "steps: []|steps: the last step is not at 100",
        "analysis: {metrics: [{name: speed, successCondition: result > 1}]}|analysis.metrics[0].name: `speed`; expected one of latency-average",
        "analysis: {metrics: [{name: success-rate}]}|analysis.metrics[0].successCondition: no condition; expected",
        "analysis: {metrics: [{name: success-rate, successCondition: result}]}|analysis.metrics[0].successCondition: column 7: the end; expected a comparison",
        "analysis: {interval: 0s, metrics: []}|analysis.interval: no time at all",
        "analysis: {count: many, metrics: []}|analysis.count: `many`; expected a whole number",
      })
  void name_the_place_in_the_policy(String policy, String error) {
    assertThat(folder.with("a.yaml", Folder.SMALL + "    upgrade: {" + policy + "}\n").errors())
        .anySatisfy(
            found -> assertThat(found).startsWith("a.yaml:11 clusters[0].upgrade." + error));
  }

  @Test
  void name_both_places_of_a_name_that_stands_twice() {
    folder.with("a.yaml", Folder.SMALL).with("b.yaml", "# second\n" + Folder.SMALL);
    assertThat(folder.errors())
        .containsExactly(
            "b.yaml:3 clusters: the cluster `small` also stands at "
                + dir.resolve("a.yaml")
                + ":2; expected each name once in the folder");
  }

  @Test
  void name_the_line_of_broken_yaml_without_quoting_it() {
    folder
        .with("a.yaml", "clusters:\n  - password: hunter2\n   bad: [\n")
        .with("b.yaml", Folder.SMALL);
    assertThat(folder.errors())
        .singleElement()
        .asString()
        .startsWith("a.yaml:3 ")
        .doesNotContain("hunter2");
  }

  @Test
  void never_quote_a_literal_secret() {
    String text =
        Folder.SMALL
            + "    fence: {blueRole: b, password: hunter2}\n"
            + "    probe: {headers: {apikey: hunter2, Authorization: hunter2}}\n";
    assertThat(folder.with("a.yaml", text).errors())
        .hasSize(3)
        .allSatisfy(
            error -> assertThat(error).contains("a literal secret").doesNotContain("hunter2"));
  }

  @Test
  void do_not_take_the_path_of_a_key_file_for_a_secret() {
    String text =
        Folder.SMALL.replace(
            "        nodes:",
            "        environment: {KONG_SSL_CERT_KEY: /etc/kong/tls.key}\n        nodes:");
    assertThat(folder.with("a.yaml", text).errors()).isEmpty();
  }

  @Test
  void cover_files_that_are_no_mapping_no_text_or_empty() throws Exception {
    folder.with("a.yaml", "- 1\n").with("b.yaml", "");
    Files.write(dir.resolve("c.yaml"), "clusters: [\u00e4]".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(folder.errors())
        .anyMatch(error -> error.equals("a.yaml:1 : a list; expected a mapping"))
        .anyMatch(error -> error.startsWith("c.yaml:0 "));
  }

  @Test
  void name_a_folder_that_is_empty_or_not_there() {
    assertThat(folder.errors()).singleElement().asString().contains("expected at least one *.yaml");
    assertThat(new Folder(dir.resolve("none")).errors())
        .singleElement()
        .asString()
        .contains("expected a folder of YAML files");
  }

  @Test
  void survive_anchors_that_refer_to_themselves() {
    folder.with("a.yaml", "clusters: &a [*a]\n");
    assertThat(folder.errors()).contains("a.yaml:1 clusters[0]: a list; expected a mapping");
  }

  @Test
  void refuses_a_fence_beside_runbooks_for_blue() {
    String text =
        Folder.SMALL.replace(
                "        nodes:", "        decommission: {runbook: stop-blue}\n        nodes:")
            + "    fence: {blueRole: b}\n";
    assertThat(folder.with("a.yaml", text).errors())
        .singleElement()
        .asString()
        .contains("`fence` beside a runbook that starts or stops the nodes of `2.1.4`");
  }

  @Test
  void refuses_a_fence_on_cassandra_whose_roles_nobody_would_change() {
    String text =
        Folder.SMALL.replaceFirst(
                "postgres: \\{[^}]*}",
                "cassandra: {contactPoints: [a], localDatacenter: b, sameKeyspace: true}")
            + "    fence: {blueRole: b}\n";
    assertThat(folder.with("a.yaml", text).errors())
        .singleElement()
        .asString()
        .contains("`fence` of a cluster on Cassandra", "take its LOGIN yourself");
  }

  @Test
  void refuses_roles_of_versions_that_are_not_there_and_one_role_for_two() {
    String text =
        Folder.SMALL + "    fence: {blueRoles: {\"2.1.4\": kong, \"1.5.0\": kong}, blueRole: b}\n";
    assertThat(folder.with("a.yaml", text).errors())
        .anyMatch(error -> error.contains("both `blueRole` and `blueRoles`"))
        .anyMatch(error -> error.contains("a role of `1.5.0`, which is not under `kong`"))
        .anyMatch(error -> error.contains("one role of several versions"));
  }
}
