package io.changeover.migrator.preflight;

import io.changeover.migrator.report.Findings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Would `up` have to queue? It takes the strongest lock on tables such as `routes`: behind a
/// transaction that reads them it waits, and behind it waits every node.
///
/// @param patience how old a transaction may be
record ActivityChecks(Duration patience) implements SqlCheck {

  @Override
  public String name() {
    return "long transactions and lock waits";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    List<String> holding =
        Sql.texts(
            connection,
            """
            SELECT DISTINCT 'pid ' || a.pid || ' (' || coalesce(a.usename, '?') || ', ' || coalesce(a.application_name, '')
              || ') since ' || a.xact_start || ' holds ' || c.relname
            FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.granted AND l.locktype = 'relation'
              JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r'
            WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
              AND c.relnamespace = current_schema()::regnamespace AND a.xact_start < now() - CAST(? AS interval)
            """,
            patience.toMillis() + " milliseconds");
    if (!holding.isEmpty()) {
      findings.blocker(
          "activity.long-transaction",
          "a transaction of more than " + patience.toSeconds() + " s holds tables of Kong",
          join(holding),
          "end it: `up` would wait for it, and every node for `up`");
    }
    List<String> waiting =
        Sql.texts(
            connection,
            """
            SELECT DISTINCT 'pid ' || l.pid || ' waits for ' || l.mode || ' on ' || c.relname
            FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE NOT l.granted AND c.relnamespace = current_schema()::regnamespace
            """);
    if (!waiting.isEmpty()) {
      findings.warning(
          "activity.lock-wait",
          "sessions wait for locks on tables of Kong",
          join(waiting),
          "see who blocks them");
    }
    elsewhere(connection, findings);
  }

  private void elsewhere(Connection connection, Findings findings) throws SQLException {
    long open =
        Sql.number(
            connection,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                + " AND xact_start < now() - CAST(? AS interval)",
            patience.toMillis() + " milliseconds");
    if (open > 0) {
      findings.warning(
          "activity.old-transactions",
          open + " transactions are open for more than " + patience.toSeconds() + " s",
          "pg_stat_activity.xact_start",
          "an index that `up` builds may have to wait for them");
    }
  }

  private static String join(List<String> lines) {
    return String.join("; ", lines.subList(0, Math.min(10, lines.size())));
  }
}
