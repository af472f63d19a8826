package io.changeover.migrator.preflight.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Finding;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginChangeChecksTest {

  private final Tables tables = new Tables();
  private final Findings findings = new Findings();

  private void plugin(String id, String name, String config) {
    tables.add(
        "plugins",
        "{'id': '%s', 'name': '%s', 'enabled': true, 'config': %s}".formatted(id, name, config));
  }

  private Finding only() {
    assertThat(findings.all()).hasSize(1);
    return findings.all().getFirst();
  }

  /// What is told of a step; Community has three numbers, Enterprise four.
  private List<String> changed(String from, String to, String... named) {
    new PluginChangeChecks(
            Build.in(from).orElseThrow(), Build.in(to).orElseThrow(), Optional.of(Set.of(named)))
        .look(tables, findings);
    return findings.all().stream().map(one -> one.getSeverity() + " " + one.getCode()).toList();
  }

  @Test
  void a_plugin_that_is_not_there_any_more_blocks_by_its_rows_enabled_or_not() {
    tables.add("plugins", "{'id': 'a', 'name': 'upstream-tls', 'enabled': false}");
    tables.add("plugins", "{'id': 'b', 'name': 'acl', 'enabled': true}");
    assertThat(changed("1.5.0.11", "2.1.4.0", "bundled")).as("too late to matter").isEmpty();
    assertThat(changed("1.3.0.2", "1.5.0.11", "bundled", "upstream-tls"))
        .as("one of their own")
        .isEmpty();
    assertThat(changed("1.3.0.2", "1.5.0.11", "bundled")).containsExactly("BLOCKER plugins.gone");
    assertThat(only().getEvidence()).contains("named upstream-tls: 1: a", "1.5.0.0");
    assertThat(only().getRemedy()).contains("blue's Admin API", "proxy_ssl_verify");
  }

  @Test
  void upstream_tls_does_nothing_from_1_3_on() {
    plugin("a", "upstream-tls", "{}");
    assertThat(changed("0.36-4", "1.3.0.2", "bundled")).containsExactly("WARNING plugins.idle");
  }

  @Test
  void the_sidecar_injector_went_with_service_mesh_in_both_editions() {
    plugin("a", "kubernetes-sidecar-injector", "{}");
    assertThat(changed("1.5.0", "2.1.4", "bundled")).containsExactly("BLOCKER plugins.gone");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.0.11, 2.1.4.2, true",
    "1.5.0.11, 2.1.4.1, false",
    "2.1.4.1, 2.2.0.0, true",
    "2.1.4.2, 2.2.0.0, false",
    "1.5.0, 2.1.4, false",
  })
  void signatures_by_hmac_are_not_verified_any_more_unless_they_are_asked_for(
      String from, String to, boolean warned) {
    plugin("a", "openid-connect", "{'client_secret': ['hidden']}");
    plugin("b", "jwt-signer", "{'enable_hs_signatures': true}");
    assertThat(changed(from, to, "bundled").contains("WARNING plugins.hs-signatures"))
        .isEqualTo(warned);
    assertThat(findings.all().toString()).doesNotContain("hidden");
    if (warned) {
      assertThat(only().getEvidence()).contains("1: a (Enterprise's changelog");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.3.0.2, 1.5.0.11, true",
    "1.5.0.11, 2.1.4.0, false",
    "2.1.4, 2.1.4.0, true",
    "1.3.0, 1.3.0.2, false",
    "2.1.4, 2.2.2, false",
  })
  void a_correlation_id_of_a_consumer_runs_before_the_consumer_is_known_on_enterprise(
      String from, String to, boolean warned) {
    for (String consumer : List.of("null", "'c'")) {
      tables.add(
          "plugins",
          "{'id': 'p%s', 'name': 'correlation-id', 'consumer_id': %s}"
              .formatted(consumer.length(), consumer));
    }
    assertThat(changed(from, to, "bundled").contains("WARNING plugins.correlation-id"))
        .isEqualTo(warned);
    if (warned) {
      assertThat(only().getEvidence()).contains("1: p3 (");
    }
  }
}
