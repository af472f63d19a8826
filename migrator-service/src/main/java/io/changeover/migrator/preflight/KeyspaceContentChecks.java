package io.changeover.migrator.preflight;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.migrator.act.KeyspaceTargets;
import io.changeover.migrator.act.Keyspaces;
import io.changeover.migrator.act.RingProbe;
import io.changeover.migrator.observe.Catalogue;
import io.changeover.migrator.report.Findings;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Rows that known faults of older Kongs left behind in a keyspace. Every table that has one of the
/// columns in question is read once, since Cassandra can't count what is null.
///
/// @param copied whether the rows are copied to green; else green's `finish` works on them
record KeyspaceContentChecks(String keyspace, boolean copied) implements CqlCheck {

  private static final int PAGE = 2000;

  /// Unique fields, which Kong 2.1.0 filled with `<uuid>:$(VALUE)`.
  private static final Set<String> UNIQUE =
      Set.of(
          "name",
          "username",
          "custom_id",
          "key",
          "client_id",
          "code",
          "access_token",
          "refresh_token",
          "session_id");

  private static final String LEFTOVER = ":$(VALUE)";

  @Override
  public String name() {
    return "rows in the way";
  }

  @Override
  public void look(CqlSession session, Findings findings) {
    Catalogue catalogue = RingProbe.catalogue(session, keyspace);
    workspaces(session, catalogue, findings);
    for (String table : catalogue.tables().keySet()) {
      table(session, table, catalogue, findings);
    }
    targets(session, catalogue, findings);
  }

  private SimpleStatement rows(String columns, String table) {
    return SimpleStatement.newInstance(
            "SELECT "
                + columns
                + " FROM "
                + Keyspaces.quoted(keyspace)
                + "."
                + Keyspaces.quoted(table))
        .setPageSize(PAGE);
  }

  private void workspaces(CqlSession session, Catalogue catalogue, Findings findings) {
    if (!catalogue.columns("workspaces").contains("name")) {
      return;
    }
    long found = 0;
    for (Row row : session.execute(rows("name", "workspaces"))) {
      found += "default".equals(row.getString(0)) ? 1 : 0;
    }
    if (found != 1) {
      findings.blocker(
          "content.default-workspace",
          "there are " + found + " workspaces named `default`",
          "rows of workspaces with name = 'default': " + found,
          "exactly one must be left, with all ws_id pointing at it");
    }
  }

  private void table(CqlSession session, String table, Catalogue catalogue, Findings findings) {
    List<String> wanted =
        catalogue.tables().getOrDefault(table, new TreeMap<>()).entrySet().stream()
            .filter(column -> asked(column.getKey(), column.getValue()))
            .map(java.util.Map.Entry::getKey)
            .toList();
    if (wanted.isEmpty() || table.equals("schema_meta") || table.equals("locks")) {
      return;
    }
    TreeMap<String, Long> faults = new TreeMap<>();
    String columns = String.join(", ", wanted.stream().map(Keyspaces::quoted).toList());
    for (Row row : session.execute(rows(columns, table))) {
      faults(row, wanted).forEach(fault -> faults.merge(fault, 1L, Long::sum));
    }
    faults.forEach((fault, count) -> tell(table, fault, count, findings));
  }

  private static boolean asked(String column, String type) {
    return column.equals("ws_id")
        || column.equals("cache_key")
        || (UNIQUE.contains(column) && type.equals("text"));
  }

  /// The columns at fault: null where a value must be, or a leftover.
  private static Set<String> faults(Row row, List<String> columns) {
    TreeSet<String> faults = new TreeSet<>();
    for (String column : columns) {
      if (UNIQUE.contains(column)) {
        String value = row.getString(Keyspaces.quoted(column));
        if (value != null && value.endsWith(LEFTOVER)) {
          faults.add(column);
        }
      } else if (row.isNull(Keyspaces.quoted(column))) {
        faults.add(column);
      }
    }
    return faults;
  }

  private static void tell(String table, String column, long count, Findings findings) {
    if (UNIQUE.contains(column)) {
      findings.blocker(
          "content.value-leftover",
          table
              + "."
              + column
              + " holds $(VALUE) in "
              + count
              + " rows, left by a fault of Kong 2.1.0",
          "values that end in " + LEFTOVER + ": " + count,
          "set them to null");
      return;
    }
    String why =
        column.equals("ws_id")
            ? "rows without a workspace vanish from the API"
            : "a migration of workspaces breaks on them";
    findings.blocker(
        "content.null-" + column.replace('_', '-'),
        table + " has " + count + " rows without " + column + ": " + why,
        "rows of " + table + " where " + column + " is null: " + count,
        "fill it in as Kong would, or delete the rows");
  }

  private void targets(CqlSession session, Catalogue catalogue, Findings findings) {
    if (!catalogue.columns("targets").contains("upstream_id")) {
      return;
    }
    int found = KeyspaceTargets.older(session, keyspace).size();
    String evidence = "rows of targets with a newer one of the same upstream and target = " + found;
    if (found == 0) {
      findings.fact("content.older-targets", "there are no older rows of targets", evidence);
    } else {
      findings.warning(
          "content.older-targets",
          copied
              ? found + " older rows of targets will not be copied: 2.2 has one row for each target"
              : "`finish` will delete " + found + " older rows of targets, and saves them first",
          evidence,
          "nothing");
    }
  }
}
