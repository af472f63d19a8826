package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Release;
import io.changeover.migrator.report.Findings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Unique values and cache keys: what the hop to 2.1 rewrites, where workspaces came into the open
/// source, and what it must have rewritten on every later one.
///
/// @param prefixed whether the store keeps unique values with their workspace in front, as
///   Cassandra does; PostgreSQL keeps them unique itself
public record WorkspaceHopChecks(Release blue, Release green, boolean prefixed)
    implements ContentCheck {

  private static final Release FIRST = new Release(2, 1, 0);

  /// More values than this of one column are not compared with each other.
  private static final int COMPARED = 200_000;

  /// Unique in a workspace, by table.
  private static final Map<String, List<String>> UNIQUE =
      new TreeMap<>(
          Map.of(
              "services", List.of("name"),
              "routes", List.of("name"),
              "upstreams", List.of("name"),
              "consumers", List.of("username", "custom_id"),
              "basicauth_credentials", List.of("username"),
              "hmacauth_credentials", List.of("username"),
              "jwt_secrets", List.of("key"),
              "keyauth_credentials", List.of("key"),
              "oauth2_credentials", List.of("client_id")));

  @Override
  public String name() {
    return "unique values and cache keys";
  }

  @Override
  public <X extends Exception> void look(Content<X> content, Findings findings) throws X {
    boolean crossing = blue.compareTo(FIRST) < 0 && green.compareTo(FIRST) >= 0;
    for (String table : List.of("acls", Plugin.TABLE)) {
      if (crossing) {
        keysBefore(content, table, findings);
      } else if (blue.compareTo(FIRST) >= 0) {
        keysAfter(content, table, findings);
      }
    }
    if (crossing) {
      runOn(content, findings);
      shared(content, findings);
    }
    if (prefixed && (crossing || blue.compareTo(FIRST) >= 0)) {
      for (Map.Entry<String, List<String>> table : UNIQUE.entrySet()) {
        for (String column : table.getValue()) {
          values(content, table.getKey(), column, crossing, findings);
        }
      }
    }
  }

  /// The migration appends the workspace where a key ends in `:`.
  private static <X extends Exception> void keysBefore(
      Content<X> content, String table, Findings findings) throws X {
    List<String> columns = List.of("id", "cache_key");
    if (content.has(table, "cache_key")) {
      List<JsonNode> odd = content.rows(table, columns, WorkspaceHopChecks::unending);
      tell(
          "content.cache-key-form",
          "rows of " + table + " whose cache_key the hop to " + FIRST + " does not rewrite",
          Rows.evidence(columns, table, "with a cache_key that does not end in `:`", odd),
          "write each of them again through blue's Admin API, which makes the key anew",
          odd,
          findings);
    }
  }

  private static boolean unending(JsonNode row) {
    String key = Rows.text(row, "cache_key");
    return !key.isEmpty() && !key.endsWith(":");
  }

  private static <X extends Exception> void keysAfter(
      Content<X> content, String table, Findings findings) throws X {
    List<String> columns = List.of("id", "cache_key", "ws_id");
    if (content.has(table, "cache_key") && content.has(table, "ws_id")) {
      List<JsonNode> odd = content.rows(table, columns, WorkspaceHopChecks::foreignKey);
      tell(
          "content.cache-key-workspace",
          "rows of "
              + table
              + " whose cache_key does not end in their workspace, left by a fault"
              + " of an earlier upgrade: Kong does not find them",
          Rows.evidence(columns, table, "with a cache_key of another end than ws_id", odd),
          "write each of them again through blue's Admin API, which makes the key anew",
          odd,
          findings);
    }
  }

  private static boolean foreignKey(JsonNode row) {
    String key = Rows.text(row, "cache_key");
    return !key.isEmpty() && !key.endsWith(Rows.text(row, "ws_id"));
  }

  private static <X extends Exception> void runOn(Content<X> content, Findings findings) throws X {
    List<String> columns = List.of("id", "run_on");
    if (content.has(Plugin.TABLE, "run_on")) {
      List<JsonNode> rows =
          content.rows(
              Plugin.TABLE,
              columns,
              row -> !Set.of("", "first").contains(Rows.text(row, "run_on")));
      tell(
          "content.run-on",
          "plugins with `run_on`, which " + FIRST + " does not have: they will run everywhere",
          Rows.evidence(columns, Plugin.TABLE, "with a run_on other than first", rows),
          "decide whether they may, and take `run_on` out of your own plugins",
          rows,
          findings);
    }
  }

  /// Since 2.1 an entity is of one workspace. Of consumers, the migration before 2.1.4.5 of
  /// Enterprise fails on more.
  private static <X extends Exception> void shared(Content<X> content, Findings findings) throws X {
    List<String> columns = List.of("workspace_id", "entity_id", "entity_type");
    if (!content.has("workspace_entities", "entity_type")
        || !content.has("workspace_entities", "workspace_id")) {
      return;
    }
    Map<String, String> homes = new HashMap<>();
    TreeMap<String, TreeSet<String>> several = new TreeMap<>();
    content.rows(
        "workspace_entities",
        columns,
        row -> {
          String id = Rows.text(row, "entity_id");
          String home = Rows.text(row, "workspace_id");
          if (!homes.computeIfAbsent(id, _ -> home).equals(home)) {
            several.computeIfAbsent(Rows.text(row, "entity_type"), _ -> new TreeSet<>()).add(id);
          }
          return false;
        });
    String question = "SELECT %s FROM workspace_entities, ".formatted(String.join(", ", columns));
    Set<String> consumers = several.getOrDefault("consumers", new TreeSet<>());
    several.remove("consumers");
    if (!consumers.isEmpty()) {
      findings.warning(
          "content.shared-consumers",
          consumers.size()
              + " consumers stand in several workspaces: the migration to 2.1 fails on them"
              + " before Enterprise 2.1.4.5",
          question + "consumers of several workspaces: " + first(consumers),
          "upgrade to 2.1.4.5 or newer of that line");
    }
    several.forEach(
        (type, ids) ->
            findings.warning(
                "content.shared-entities",
                ids.size() + " " + type + " stand in several workspaces; 2.1 keeps each in one",
                question + type + " of several workspaces: " + first(ids),
                "copy them into the other workspaces after the hop, where they are missed"));
  }

  private static List<String> first(Set<String> ids) {
    return ids.stream().limit(20).toList();
  }

  private static <X extends Exception> void values(
      Content<X> content, String table, String column, boolean crossing, Findings findings)
      throws X {
    if (!content.has(table, column)) {
      return;
    }
    boolean workspaced = !crossing && content.has(table, "ws_id");
    List<String> columns = workspaced ? List.of("id", column, "ws_id") : List.of("id", column);
    Set<String> seen = new HashSet<>();
    List<JsonNode> doubled =
        content.rows(
            table,
            columns,
            row -> {
              String value = Rows.text(row, column);
              return !value.isEmpty() && seen.size() < COMPARED && !seen.add(value);
            });
    tell(
        "content.doubled-unique",
        table + "." + column + " has values twice, of which Kong finds one",
        Rows.evidence(
            columns, table, "with a value that another of the first " + COMPARED + " has", doubled),
        "delete or rename what is not meant, through blue's Admin API",
        doubled,
        findings);
    if (workspaced) {
      List<JsonNode> bare = content.rows(table, columns, row -> bare(row, column));
      tell(
          "content.unprefixed",
          table
              + "."
              + column
              + " has values without their workspace in front: Kong does not find"
              + " them by it",
          Rows.evidence(columns, table, "without ws_id in front", bare),
          "write each of them again through blue's Admin API",
          bare,
          findings);
    }
  }

  private static boolean bare(JsonNode row, String column) {
    String value = Rows.text(row, column);
    return !value.isEmpty() && !value.startsWith(Rows.text(row, "ws_id") + ":");
  }

  private static void tell(
      String code,
      String message,
      String evidence,
      String remedy,
      List<JsonNode> rows,
      Findings findings) {
    if (!rows.isEmpty()) {
      findings.warning(code, rows.size() + " " + message, evidence, remedy);
    }
  }
}
