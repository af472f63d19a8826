package io.changeover.migrator.act;

import java.util.Set;

/// Which tables hold entities that a move from Community to Enterprise must keep.
final class EntityTables {

  /// Rows whose workspace is not there, or who have none.
  static final String NOBODYS = "(none)";

  private EntityTables() {}

  /// Whether rows of this table belong to a workspace, are configuration, and are not the roles
  /// that Enterprise's own migrations write: those come with the move, and were nobody's before.
  static boolean counted(String table, Set<String> columns) {
    return columns.contains("ws_id")
        && ConfigurationDigest.counts(table)
        && !OwnRows.saysNothing(table);
  }
}
