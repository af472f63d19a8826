package io.changeover.migrator.act;

import java.util.Set;

/// Tables whose rows say nothing of a configuration: Kong writes them by itself.
final class OwnRows {

  static final String WORKSPACES = "workspaces";

  /// What Kong counts and remembers, in every edition.
  static final Set<String> HOUSEKEEPING =
      Set.of(
          "schema_meta",
          "schema_migrations",
          "locks",
          "cluster_events",
          "cluster_ca",
          "clustering_data_planes",
          "ratelimiting_metrics",
          "response_ratelimiting_metrics",
          "workspace_entity_counters");

  /// Written by the bootstrap of Kong Enterprise (from its documentation, not seen here).
  private static final String ROLES = "rbac_";

  private OwnRows() {}

  static boolean saysNothing(String table) {
    return HOUSEKEEPING.contains(table) || table.startsWith(ROLES);
  }
}
