package io.changeover.migrator.preflight.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Role;
import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules, over rows in memory.
class ContentChecksTest {

  private static final Release R15 = new Release(1, 5, 0);
  private static final Release R21 = new Release(2, 1, 4);
  private static final Release R22 = new Release(2, 2, 2);
  private static final Set<String> BUNDLED = Set.of("key-auth", "rate-limiting");

  private final Tables tables = new Tables();
  private final Findings findings = new Findings();

  private List<String> told(ContentCheck check) {
    check.look(tables, findings);
    assertThat(findings.all()).allSatisfy(one -> assertThat(one.getEvidence()).isNotBlank());
    return findings.all().stream()
        .filter(one -> one.getSeverity() != Severity.FACT)
        .map(one -> one.getSeverity() + " " + one.getCode())
        .toList();
  }

  private Finding only() {
    assertThat(findings.all()).hasSize(1);
    return findings.all().getFirst();
  }

  private static Build build(String text) {
    return Build.in(text).orElseThrow();
  }

  private void plugin(String id, String name, String config) {
    tables.add(
        "plugins",
        "{'id': '%s', 'name': '%s', 'enabled': true, 'config': %s}".formatted(id, name, config));
  }

  @ParameterizedTest
  @CsvSource({
    "rate-limiting, policy, cluster, BLOCKER hybrid.rate-limiting",
    "rate-limiting-advanced, strategy, cluster, BLOCKER hybrid.rate-limiting-advanced",
    "response-ratelimiting, policy, cluster, WARNING hybrid.response-ratelimiting",
  })
  void counters_in_a_database_are_found_with_their_ids(
      String name, String setting, String value, String code) {
    plugin("a", name, "{'%s': '%s'}".formatted(setting, value));
    plugin("b", name, "{'%s': 'redis'}".formatted(setting));
    plugin("c", name, "{'%s': null}".formatted(setting));
    tables.add(
        "plugins", "{'id': 'd', 'name': '%s', 'enabled': false, 'config': {}}".formatted(name));
    assertThat(told(new DataPlaneChecks(R22))).containsExactly(code);
    assertThat(only().getEvidence())
        .startsWith("SELECT id, name, enabled, config FROM plugins")
        .endsWith("2: a, c");
    assertThat(only().getRemedy()).contains("redis");
  }

  @Test
  void cassandra_keeps_the_configuration_as_text() {
    plugin("a", "rate-limiting", "'{\\'policy\\':\\'local\\'}'");
    plugin("b", "rate-limiting", "'{\\'policy\\':\\'cluster\\'}'");
    assertThat(told(new DataPlaneChecks(R22))).containsExactly("BLOCKER hybrid.rate-limiting");
    assertThat(only().getEvidence()).endsWith("1: b");
  }

  @Test
  void oauth2_blocks_where_nobody_else_makes_tokens() {
    plugin("a", "oauth2", "{'enable_client_credentials': true}");
    assertThat(told(new DataPlaneChecks(R21))).containsExactly("BLOCKER hybrid.oauth2");
    assertThat(only().getEvidence()).contains("oauth2_tokens is empty").endsWith("1: a");
  }

  @Test
  void oauth2_warns_where_there_are_tokens_of_somebody_with_a_database() {
    plugin("a", "oauth2", "{'enable_client_credentials': true}");
    plugin("b", "oauth2", "{'enable_client_credentials': false}");
    tables.add("oauth2_tokens", "{'id': 't'}");
    assertThat(told(new DataPlaneChecks(R21))).containsExactly("WARNING hybrid.oauth2");
    assertThat(only().getEvidence()).endsWith("1: a");
  }

  @Test
  void what_only_2_2_knows_is_found_where_a_data_plane_of_2_1_would_reject_all_for_it() {
    plugin("a", "rate-limiting", "{'policy': 'local', 'limit_by': 'path'}");
    plugin("b", "rate-limiting", "{'policy': 'local', 'limit_by': 'header'}");
    tables.add(
        "plugins",
        "{'id': 'off', 'name': 'rate-limiting', 'enabled': false, 'config': {'limit_by': 'path'}}");
    tables.add("services", "{'id': 's', 'protocol': 'udp'}");
    tables.add("services", "{'id': 'x', 'protocol': 'http'}");
    tables.add("routes", "{'id': 'r', 'protocols': ['tcp', 'udp']}");
    assertThat(told(new DataPlaneChecks(R21)))
        .containsExactly(
            "BLOCKER hybrid.rejected-value",
            "BLOCKER hybrid.rejected-value",
            "BLOCKER hybrid.rejected-value");
    assertThat(findings.all().stream().map(Finding::getEvidence))
        .satisfiesExactly(
            plugins -> assertThat(plugins).endsWith("2: a, off"),
            services -> assertThat(services).endsWith("1: s"),
            routes -> assertThat(routes).endsWith("1: r"));
    assertThat(told(new DataPlaneChecks(R22))).as("2.2 takes them").hasSize(3);
  }

  @Test
  void files_of_a_portal_to_create_replace_and_delete_are_listed() {
    for (String path :
        List.of(
            "themes/base/layouts/_app.html",
            "themes/base/layouts/applications/create-app.html",
            "themes/base/partials/footer.html",
            "themes/base/assets/js/dashboard.1a2b.js",
            "content/index.txt")) {
      tables.add("files", "{'path': '%s'}".formatted(path));
    }
    assertThat(told(new PortalChecks(build("1.5.0.11"), R21)))
        .containsExactly("WARNING portal.files");
    assertThat(only().getEvidence()).contains("5 paths", "app-0fcefa7 is not among them");
    assertThat(only().getRemedy())
        .contains(
            "create the theme's js app-0fcefa7",
            "replace themes/base/layouts/_app.html, themes/base/layouts/applications/create-app.html,"
                + " themes/base/partials/footer.html",
            "not there: …applications/view.txt, …edit-app.html, …view-app.html,"
                + " …required-scripts.html",
            "delete themes/base/assets/js/dashboard.1a2b.js",
            "app_version: 0fcefa7",
            "dev-portal")
        .doesNotContain("content/index.txt");
  }

  @Test
  void nothing_is_to_do_for_a_portal_from_2_1_on_or_where_there_is_none() {
    assertThat(told(new PortalChecks(build("1.5.0.11"), R21))).isEmpty();
    assertThat(only().getCode()).isEqualTo("portal.none");
    tables.add("files", "{'path': 'themes/base/layouts/_app.html'}");
    assertThat(told(new PortalChecks(build("2.1.4.0"), R22))).isEmpty();
  }

  @Test
  void a_portal_of_0_36_or_1_3_is_to_be_changed_by_hand_too() {
    tables.add("files", "{'id': 'f', 'name': 'spec/index-vue'}");
    assertThat(told(new PortalChecks(build("0.36-4"), Release.in("1.3.0.2").orElseThrow())))
        .containsExactly("WARNING portal.files");
    assertThat(only().getRemedy()).contains("`portal_is_legacy` of green");
    tables.clear();
    tables.add("files", "{'id': 'f', 'path': 'themes/base/layouts/system/settings.html'}");
    tables.add("files", "{'id': 'g', 'path': 'themes/base/assets/js/dashboard-6ae0d66.min.js'}");
    assertThat(told(new PortalChecks(build("1.3.0.2"), R15))).hasSize(2);
    assertThat(findings.all().getLast().getRemedy())
        .contains(
            "dashboard-6616db8",
            "replace themes/base/layouts/system/settings.html;",
            "delete themes/base/assets/js/dashboard-6ae0d66.min.js")
        .doesNotContain("dev-portal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5.0.11", "2.1.0.0-beta1"})
  void application_registration_in_beta_is_warned_of(String version) {
    plugin("a", "application-registration", "{}");
    tables.add("application_instances", "{'id': 'i'}");
    Build blue = build(version);
    assertThat(told(new PortalChecks(blue, blue.release().equals(R15) ? R21 : R22)))
        .containsExactly("WARNING portal.application-registration");
  }

  @Test
  void application_registration_of_a_release_is_not_warned_of() {
    plugin("a", "application-registration", "{}");
    assertThat(told(new PortalChecks(build("2.1.4.0"), R22))).isEmpty();
  }

  private static NodePlugins node(String side, String name, Role role, String... plugins) {
    return new NodePlugins(
        name,
        side,
        Optional.ofNullable(role),
        plugins.length == 0 ? Optional.empty() : Optional.of(Set.of(plugins)),
        name + ": GET /plugins/enabled: " + List.of(plugins));
  }

  @Test
  void a_plugin_that_a_node_lacks_is_named_with_the_node_and_the_rows() {
    plugin("p", "hybp", "{}");
    plugin("k", "key-auth", "{}");
    List<NodePlugins> nodes =
        List.of(
            node("blue", "blue-cp", Role.CONTROL_PLANE, "bundled", "hybp"),
            node("blue", "blue-dp", Role.DATA_PLANE, "key-auth", "rate-limiting", "hybp"),
            node("green", "green-cp", Role.CONTROL_PLANE, "bundled"),
            node("green", "green-dp", Role.DATA_PLANE, "bundled"),
            node("green", "green-dp2", Role.DATA_PLANE));
    assertThat(told(new NodePluginChecks(nodes, BUNDLED)))
        .containsExactly(
            "BLOCKER plugins.node-lacks",
            "BLOCKER plugins.node-lacks",
            "WARNING plugins.node-unseen");
    assertThat(findings.all().get(1).getMessage())
        .isEqualTo(
            "the data-plane green-dp of green lacks the plugin hybp, which is in use: it rejects ALL"
                + " configuration");
    assertThat(findings.all().get(1).getEvidence())
        .contains("named hybp: 1: p", "green-dp: GET /plugins/enabled: [bundled]");
  }

  @Test
  void nodes_of_a_side_that_differ_in_what_nobody_uses_yet_are_warned_of() {
    List<NodePlugins> nodes =
        List.of(
            node("blue", "b1", Role.CONTROL_PLANE, "key-auth", "hybp"),
            node("blue", "b2", Role.DATA_PLANE, "key-auth"));
    assertThat(told(new NodePluginChecks(nodes, BUNDLED)))
        .containsExactly("WARNING plugins.differ");
    assertThat(only().getMessage()).contains("{b2=[hybp]}");
  }

  @Test
  void a_plugin_with_migrations_of_its_own_must_be_known_to_greens_command() {
    for (String subsystem : List.of("core", "key-auth", "enterprise.acl", "hybp", "other")) {
      tables.add(
          "schema_meta", "{'subsystem': '%s', 'last_executed': '000_base'}".formatted(subsystem));
    }
    Optional<Set<String>> green = Optional.of(Set.of("bundled", "hybp"));
    assertThat(told(new OwnMigrationChecks(R21, R22, BUNDLED, green)))
        .containsExactly("WARNING plugins.own-migrations");
    assertThat(findings.all())
        .extracting(one -> one.getSeverity() + " " + one.getMessage())
        .containsExactly(
            "FACT green runs the migrations of the plugin hybp too",
            "WARNING green's command is not told of the plugin other: its migrations are neither"
                + " listed nor run");
  }

  @Test
  void on_the_hop_to_2_1_the_entities_of_own_plugins_need_a_workspace() {
    tables.add("schema_meta", "{'subsystem': 'hybp', 'last_executed': '000_base'}");
    assertThat(told(new OwnMigrationChecks(R15, R21, BUNDLED, Optional.of(Set.of("hybp")))))
        .containsExactly("WARNING plugins.own-entities");
  }

  @Test
  void before_the_hop_to_2_1_what_it_does_not_rewrite_is_found() {
    tables.add("plugins", "{'id': 'a', 'cache_key': 'plugins:x::::', 'run_on': 'first'}");
    tables.add("plugins", "{'id': 'b', 'cache_key': 'plugins:y', 'run_on': 'all'}");
    tables.add("plugins", "{'id': 'c', 'cache_key': null, 'run_on': null}");
    tables.add("consumers", "{'id': 'd', 'username': 'twin'}");
    tables.add("consumers", "{'id': 'e', 'username': 'twin'}");
    for (String home : List.of("one", "two")) {
      tables.add(
          "workspace_entities",
          "{'workspace_id': '%s', 'entity_id': 'd', 'entity_type': 'consumers'}".formatted(home));
    }
    for (String home : List.of("one", "two", "one")) {
      tables.add(
          "workspace_entities",
          "{'workspace_id': '%s', 'entity_id': 's', 'entity_type': 'services'}".formatted(home));
    }
    for (String field : List.of("name", "id")) {
      tables.add(
          "workspace_entities",
          "{'workspace_id': 'one', 'entity_id': 'r', 'entity_type': 'routes',"
              + " 'unique_field_name': '%s'}".formatted(field));
    }
    assertThat(told(new WorkspaceHopChecks(R15, R21, true)))
        .containsExactly(
            "WARNING content.cache-key-form",
            "WARNING content.run-on",
            "WARNING content.shared-consumers",
            "WARNING content.shared-entities",
            "WARNING content.doubled-unique");
    assertThat(findings.all().stream().map(Finding::getEvidence))
        .satisfiesExactly(
            keys -> assertThat(keys).endsWith("1: b"),
            runOn -> assertThat(runOn).endsWith("1: b"),
            shared -> assertThat(shared).endsWith("[d]"),
            shared -> assertThat(shared).endsWith("services of several workspaces: [s]"),
            doubled -> assertThat(doubled).endsWith("1: e").doesNotContain("twin"));
  }

  @Test
  void after_it_what_was_not_rewritten_is_found() {
    tables.add("acls", "{'id': 'a', 'cache_key': 'acls:c:g::::w', 'ws_id': 'w'}");
    tables.add("acls", "{'id': 'b', 'cache_key': 'acls:c:h::::', 'ws_id': 'w'}");
    tables.add("keyauth_credentials", "{'id': 'k', 'key': 'w:secret', 'ws_id': 'w'}");
    tables.add("keyauth_credentials", "{'id': 'l', 'key': 'secret', 'ws_id': 'w'}");
    assertThat(told(new WorkspaceHopChecks(R21, R22, true)))
        .containsExactly("WARNING content.cache-key-workspace", "WARNING content.unprefixed");
    assertThat(findings.all().toString()).doesNotContain("secret");
    assertThat(findings.all().get(1).getEvidence()).endsWith("1: l");
  }
}
