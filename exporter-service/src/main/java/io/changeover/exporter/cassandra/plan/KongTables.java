package io.changeover.exporter.cassandra.plan;

import io.changeover.inventory.CopyPolicy.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of the tables of Kong 2.1 and 2.2; every other table is taken as it comes.
public final class KongTables {

  /// Entities whose copies belong together come after what they refer to.
  static final List<String> ORDER =
      List.of(
          "workspaces",
          "certificates",
          "ca_certificates",
          "consumers",
          "services",
          "upstreams",
          "routes",
          "snis",
          "oauth2_credentials",
          "plugins");

  /// Read last, when what they belong to is there.
  static final List<String> LAST = List.of("targets", "tags");

  /// Tables that each cluster keeps for itself, or that no supported version uses.
  static final Map<String, String> NEVER =
      Map.of(
          "schema_meta", "each side keeps its own migrations",
          "locks", "short-lived",
          "cluster_events", "short-lived",
          "clustering_data_planes", "data planes report themselves",
          "cluster_ca", "dropped by Kong 2.0",
          "apis", "dropped by Kong 1.0",
          "schema_migrations", "dropped by Kong 1.0",
          "ttls", "dropped by Kong 1.0");

  /// Rows that the nodes write while they serve: no configuration.
  public static final Set<String> RUNTIME =
      Set.of("oauth2_tokens", "oauth2_authorization_codes", "sessions", "acme_storage");

  /// Tables of Kong whose rows never have a time to live.
  private static final Set<String> PERMANENT =
      Set.of(
          "workspaces",
          "certificates",
          "ca_certificates",
          "consumers",
          "services",
          "upstreams",
          "routes",
          "snis",
          "plugins",
          "targets",
          "tags",
          "acls",
          "basicauth_credentials",
          "hmacauth_credentials",
          "jwt_secrets",
          "oauth2_credentials");

  /// Tables whose rows may be as large as a certificate chain.
  private static final Set<String> LARGE_ROWS = Set.of("certificates", "ca_certificates");

  private KongTables() {}

  /// Why a family of tables stays, by the table's name.
  static Optional<Family> family(String table) {
    if (table.startsWith("vitals_")) {
      return Optional.of(Family.VITALS);
    }
    return table.startsWith("audit_") ? Optional.of(Family.AUDIT) : Optional.empty();
  }

  /// Whether rows of the table may end by themselves.
  public static boolean mayExpire(String table) {
    return !PERMANENT.contains(table);
  }

  /// Whether rows are known to be small, so that many may be read at a time.
  public static boolean hasSmallRows(String table) {
    return (PERMANENT.contains(table) && !LARGE_ROWS.contains(table))
        || table.equals("keyauth_credentials")
        || table.equals("oauth2_tokens");
  }

  static int order(String table) {
    int last = LAST.indexOf(table);
    if (last >= 0) {
      return ORDER.size() + 1 + last;
    }
    int first = ORDER.indexOf(table);
    return first >= 0 ? first : ORDER.size();
  }
}
