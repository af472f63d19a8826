package io.changeover.cli.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads keyspaces row by row, in the simplest way there is, so that what the suite says about its
/// copy is not believed but looked up.
final class KeyspaceRows {
  /// Bookkeeping, events, counters: never copied.
  private static final Set<String> NOT_CONFIGURATION =
      Set.of(
          "schema_meta",
          "locks",
          "cluster_events",
          "ratelimiting_metrics",
          "response_ratelimiting_metrics",
          "clustering_data_planes");

  /// Blue's hold a history, green's the newest row of each; tags go with their entities.
  private static final Set<String> FOLDED = Set.of("targets");

  private static final Map<String, String> EXPIRING =
      Map.of(
          "keyauth_credentials", "key",
          "oauth2_tokens", "access_token",
          "sessions", "data");

  private final CqlSession session;

  KeyspaceRows(CqlSession session) {
    this.session = session;
  }

  /// A digest of each table of a keyspace, whatever order its rows come in.
  Map<String, String> digests(String keyspace) {
    Map<String, String> digests = new TreeMap<>();
    for (String table : tables(keyspace)) {
      digests.put(table, digest(keyspace, table, columns(keyspace, table)));
    }
    return digests;
  }

  /// The tables that both keyspaces have and whose rows differ in columns that both have.
  Set<String> differing(String blue, String green) {
    Set<String> differing = new TreeSet<>();
    Set<String> both = tables(blue);
    both.retainAll(tables(green));
    both.removeAll(FOLDED);
    for (String table : both) {
      Set<String> columns = columns(blue, table);
      columns.retainAll(columns(green, table));
      if (!digest(blue, table, columns).equals(digest(green, table, columns))) {
        differing.add(table);
      }
    }
    return differing;
  }

  /// How many rows of a keyspace end by themselves.
  long expiring(String keyspace) {
    long rows = 0;
    for (Map.Entry<String, String> table : EXPIRING.entrySet()) {
      for (Row row :
          session.execute(
              "SELECT TTL(%s) FROM %s.%s".formatted(table.getValue(), keyspace, table.getKey()))) {
        rows += row.isNull(0) ? 0 : 1;
      }
    }
    return rows;
  }

  private Set<String> tables(String keyspace) {
    Set<String> tables = new TreeSet<>();
    session
        .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace)
        .forEach(row -> tables.add(row.getString(0)));
    tables.removeAll(NOT_CONFIGURATION);
    return tables;
  }

  private Set<String> columns(String keyspace, String table) {
    Set<String> columns = new TreeSet<>();
    session
        .execute(
            "SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?",
            keyspace,
            table)
        .forEach(row -> columns.add(row.getString(0)));
    return columns;
  }

  private String digest(String keyspace, String table, Set<String> columns) {
    List<String> rows =
        session
            .execute(
                "SELECT JSON \"%s\" FROM %s.%s"
                    .formatted(String.join("\", \"", columns), keyspace, table))
            .all()
            .stream()
            .map(row -> String.valueOf(row.getString(0)))
            .sorted()
            .toList();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      rows.forEach(row -> digest.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
      return rows.size() + "/" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to have SHA-256", e);
    }
  }
}
