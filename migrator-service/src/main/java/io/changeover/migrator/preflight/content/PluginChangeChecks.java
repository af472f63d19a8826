package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.inventory.Edition;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.observe.Since;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rows of Kong's own plugins that a step takes away, or that do something else after it. From the
/// changelogs of Kong and of Enterprise; no Enterprise was seen.
///
/// @param named the plugins that green's command is told of; empty where that can't be seen
public record PluginChangeChecks(Build from, Build to, Optional<Set<String>> named)
    implements ContentCheck {

  /// A plugin that does nothing any more, or with which green does not start.
  ///
  /// @param starts whether green starts with rows of it
  private record Left(String plugin, Since since, boolean starts, String remedy, String source) {}

  private static final String VERIFY =
      "Nginx's directives `proxy_ssl_verify`, `proxy_ssl_verify_depth` and"
          + " `proxy_ssl_trusted_certificate` verify upstreams in its place";

  private static final List<Left> LEFT =
      List.of(
          new Left("upstream-tls", Since.of("1.3"), true, VERIFY, "Enterprise's changelog, 1.3"),
          new Left(
              "upstream-tls",
              Since.of("1.5"),
              false,
              "delete these rows through blue's Admin API; " + VERIFY,
              "Enterprise's changelog, 1.5.0.0, and its guide to 1.5"),
          new Left(
              "kubernetes-sidecar-injector",
              Since.of("2.0"),
              false,
              "delete these rows through blue's Admin API; Kuma is what Kong names in its place",
              "Kong's CHANGELOG.md, 2.0.0"));

  private static final Since NO_HMAC = Since.of("2.1.4.2", "2.2.0.0");
  private static final Set<String> VERIFIERS = Set.of("openid-connect", "jwt-signer");
  private static final String HMAC = "enable_hs_signatures";

  private static final Release RUNS_FIRST = new Release(1, 5, 0);
  private static final String CORRELATION = "correlation-id";

  @Override
  public String name() {
    return "plugins that changed";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    for (Left left : LEFT) {
      if (left.since().between(from, to)) {
        left(content, left, findings);
      }
    }
    if (to.edition().equals(Optional.of(Edition.ENTERPRISE))) {
      signatures(content, findings);
      correlation(content, findings);
    }
  }

  /// Kong looks at every row, whether it is enabled or not. Who names such a plugin has one of
  /// their own.
  private <X extends Exception> void left(Content<X> content, Left left, Findings findings)
      throws X {
    String plugin = left.plugin();
    if (!content.has(Plugin.TABLE, "name") || named.orElse(Set.of()).contains(plugin)) {
      return;
    }
    List<String> columns = List.of("id", "name");
    List<JsonNode> rows =
        content.rows(Plugin.TABLE, columns, row -> Rows.text(row, "name").equals(plugin));
    String evidence =
        "%s (%s)"
            .formatted(
                Rows.evidence(columns, Plugin.TABLE, "named " + plugin, rows), left.source());
    if (rows.isEmpty()) {
      return;
    }
    if (left.starts()) {
      findings.warning(
          "plugins.idle",
          "the plugin " + plugin + " does nothing any more, since " + left.since(),
          evidence,
          left.remedy());
    } else {
      findings.blocker(
          "plugins.gone",
          "green does not start with the plugin "
              + plugin
              + ", which is not there any more since "
              + left.since(),
          evidence,
          left.remedy());
    }
  }

  private <X extends Exception> void signatures(Content<X> content, Findings findings) throws X {
    if (!NO_HMAC.between(from, to)) {
      return;
    }
    List<JsonNode> rows =
        Plugin.named(content, VERIFIERS).stream()
            .filter(Plugin::enabled)
            .filter(plugin -> !plugin.setting(HMAC, "false").equals("true"))
            .map(Plugin::row)
            .toList();
    if (!rows.isEmpty()) {
      findings.warning(
          "plugins.hs-signatures",
          "openid-connect and jwt-signer do not verify signatures by HMAC (HS256, HS384, HS512)"
              + " any more where `"
              + HMAC
              + "` is not on, since "
              + NO_HMAC,
          Rows.evidence(Plugin.COLUMNS, Plugin.TABLE, "enabled ones of both without " + HMAC, rows)
              + " (Enterprise's changelog, 2.1.4.2 and 2.2.0.0)",
          "where such tokens come, have them signed otherwise before, or be ready to set it as soon"
              + " as green's Admin API may be written to");
    }
  }

  /// Open source runs it later than Enterprise does.
  private <X extends Exception> void correlation(Content<X> content, Findings findings) throws X {
    boolean later =
        from.edition().equals(Optional.of(Edition.COMMUNITY))
            || from.release().compareTo(RUNS_FIRST) < 0;
    if (!later
        || to.release().compareTo(RUNS_FIRST) < 0
        || !content.has(Plugin.TABLE, "consumer_id")) {
      return;
    }
    List<String> columns = List.of("id", "name", "consumer_id");
    List<JsonNode> rows =
        content.rows(
            Plugin.TABLE,
            columns,
            row ->
                Rows.text(row, "name").equals(CORRELATION)
                    && !Rows.text(row, "consumer_id").isEmpty());
    if (!rows.isEmpty()) {
      findings.warning(
          "plugins.correlation-id",
          "Enterprise runs correlation-id first, before a consumer is known: those of consumers"
              + " change what they do",
          Rows.evidence(columns, Plugin.TABLE, "named correlation-id of a consumer", rows)
              + " (Enterprise's changelog, 1.5.0.0 and 2.1.3.0)",
          "set it for the service, the route or everybody");
    }
  }
}
