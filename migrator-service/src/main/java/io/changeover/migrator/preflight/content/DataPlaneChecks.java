package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.messages.Severity;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Rows of a hybrid cluster that its data planes, which have no database, can't serve or don't
/// take. As observed on Kong 2.1.4 and 2.2.2; Rate Limiting Advanced as Enterprise's upgrade guide
/// has it.
///
/// @param blue one data plane of it that rejects a value rejects the whole configuration
public record DataPlaneChecks(Release blue) implements ContentCheck {

  private static final Release SECOND = new Release(2, 2, 0);

  /// What 2.1 takes as `limit_by`.
  private static final Set<String> LIMITED_BY =
      Set.of("consumer", "credential", "ip", "service", "header");

  private static final String RATE_LIMITING = "rate-limiting";
  private static final String ADVANCED = "rate-limiting-advanced";
  private static final String RESPONSE = "response-ratelimiting";
  private static final String OAUTH2 = "oauth2";
  private static final List<String> GRANTS =
      List.of(
          "enable_authorization_code",
          "enable_implicit_grant",
          "enable_client_credentials",
          "enable_password_grant");

  @Override
  public String name() {
    return "what data planes can't do";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    List<Plugin> all = Plugin.named(content, Set.of(RATE_LIMITING, ADVANCED, RESPONSE, OAUTH2));
    List<Plugin> plugins = all.stream().filter(Plugin::enabled).toList();
    counters(plugins, findings);
    tokens(content, of(plugins, OAUTH2, _ -> true), findings);
    if (blue.compareTo(SECOND) < 0) {
      rejected(all, findings);
      for (String table : List.of("services", "routes", Plugin.TABLE)) {
        udp(content, table, findings);
      }
    }
  }

  private static void counters(List<Plugin> plugins, Findings findings) {
    tell(
        Severity.BLOCKER,
        "hybrid.rate-limiting",
        "every request to what has rate-limiting with policy `cluster` is answered 500 by a data plane",
        "enabled rate-limiting with policy cluster (its default)",
        of(plugins, RATE_LIMITING, plugin -> plugin.setting("policy", "cluster").equals("cluster")),
        "set their policy to `local` or `redis`",
        findings);
    tell(
        Severity.BLOCKER,
        "hybrid.rate-limiting-advanced",
        "Rate Limiting Advanced has no strategy `cluster` in hybrid mode",
        "enabled rate-limiting-advanced with strategy cluster (its default)",
        of(plugins, ADVANCED, plugin -> plugin.setting("strategy", "cluster").equals("cluster")),
        "set their strategy to `redis`",
        findings);
    tell(
        Severity.WARNING,
        "hybrid.response-ratelimiting",
        "response-ratelimiting with policy `cluster` counts in a database that data planes don't have",
        "enabled response-ratelimiting with policy cluster",
        of(plugins, RESPONSE, plugin -> plugin.setting("policy", "cluster").equals("cluster")),
        "set their policy to `local` or `redis`",
        findings);
  }

  /// A data plane checks tokens that are in its configuration, and can make none. Where there are
  /// tokens, somebody with a database makes them.
  private static <X extends Exception> void tokens(
      Content<X> content, List<Plugin> plugins, Findings findings) throws X {
    List<Plugin> granting =
        plugins.stream()
            .filter(
                plugin ->
                    GRANTS.stream().anyMatch(grant -> plugin.setting(grant, "").equals("true")))
            .toList();
    boolean elsewhere =
        !granting.isEmpty() && content.has("oauth2_tokens", "id") && content.any("oauth2_tokens");
    tell(
        elsewhere ? Severity.WARNING : Severity.BLOCKER,
        "hybrid.oauth2",
        "a data plane answers 500 to a good request for a token of oauth2",
        "enabled oauth2 with a grant; oauth2_tokens "
            + (elsewhere ? "has rows, which some node with a database made" : "is empty"),
        granting,
        "issue tokens at nodes with a database only, and keep the token endpoint off the data planes",
        findings);
  }

  /// What is not enabled is sent and checked all the same.
  private static void rejected(List<Plugin> plugins, Findings findings) {
    tell(
        Severity.BLOCKER,
        "hybrid.rejected-value",
        "a data plane of 2.1 rejects ALL configuration for a `limit_by` that 2.2 brought",
        "rate-limiting, enabled or not, with limit_by other than "
            + LIMITED_BY.stream().sorted().toList(),
        of(
            plugins,
            RATE_LIMITING,
            plugin -> !LIMITED_BY.contains(plugin.setting("limit_by", "consumer"))),
        "set `limit_by` to one of these until every data plane is of 2.2",
        findings);
  }

  private static <X extends Exception> void udp(Content<X> content, String table, Findings findings)
      throws X {
    String column = table.equals("services") ? "protocol" : "protocols";
    if (!content.has(table, column)) {
      return;
    }
    List<String> columns = List.of("id", column);
    List<JsonNode> rows = content.rows(table, columns, row -> hasUdp(row.path(column)));
    if (!rows.isEmpty()) {
      findings.blocker(
          "hybrid.rejected-value",
          "a data plane of 2.1 does not know the protocol `udp` of " + table,
          Rows.evidence(columns, table, "with udp", rows),
          "take it out until every data plane is of 2.2");
    }
  }

  private static boolean hasUdp(JsonNode protocols) {
    ArrayList<String> names = new ArrayList<>();
    names.add(protocols.asText());
    protocols.forEach(one -> names.add(one.asText()));
    return names.contains("udp");
  }

  private static List<Plugin> of(List<Plugin> plugins, String name, Predicate<Plugin> wanted) {
    return plugins.stream().filter(plugin -> plugin.name().equals(name)).filter(wanted).toList();
  }

  private static void tell(
      Severity severity,
      String code,
      String message,
      String which,
      List<Plugin> plugins,
      String remedy,
      Findings findings) {
    if (plugins.isEmpty()) {
      return;
    }
    String evidence =
        Rows.evidence(
            Plugin.COLUMNS, Plugin.TABLE, which, plugins.stream().map(Plugin::row).toList());
    if (severity == Severity.BLOCKER) {
      findings.blocker(code, message, evidence, remedy);
    } else {
      findings.warning(code, message, evidence, remedy);
    }
  }
}
