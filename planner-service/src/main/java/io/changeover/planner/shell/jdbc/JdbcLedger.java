package io.changeover.planner.shell.jdbc;

import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.LedgerUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/// The ledger in PostgreSQL, READ COMMITTED: row locks and expected versions do the rest.
public final class JdbcLedger implements Ledger {
  /// Serialization failure, deadlock, unique violation: somebody else was first.
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "23505");

  /// Classes of SQLSTATE that say that the server was not there or gave up, not that our statement
  /// was wrong: connection, resources, operator intervention (also our own timeouts), system.
  private static final Set<String> UNAVAILABLE = Set.of("08", "25", "53", "55", "57", "58");

  private final DataSource dataSource;

  /// @param dataSource connections with timeouts set, see [LedgerTimeouts]
  public JdbcLedger(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public <R> R transact(Work<R> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        R result = work.in(new JdbcTransaction(connection));
        connection.commit();
        return result;
      } catch (Throwable failure) {
        rollback(connection, failure);
        throw failure;
      }
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private static void rollback(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /// Which of our three words for failure an SQL error is. The server's message may quote values of
  /// a row, so that ours has only its state and first line; the whole stays its cause, for the log
  /// of a failure that nobody expected.
  static RuntimeException translated(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (CONFLICTS.contains(state)) {
      return new LedgerConflictException(
          "Expected to be the only writer of these upgrades, but PostgreSQL answered " + words(e));
    }
    if (unavailable(e)) {
      return new LedgerUnavailableException(
          "Expected PostgreSQL to take a transaction, but it answered " + words(e), e);
    }
    return new IllegalStateException(
        "Expected PostgreSQL to accept a statement, but it answered " + words(e), e);
  }

  /// Whether somewhere below `failure` PostgreSQL was not there or gave up. No state at all means
  /// that the pool had no connection to give.
  public static boolean unavailable(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.isEmpty() || UNAVAILABLE.contains(state.substring(0, 2));
      }
    }
    return false;
  }

  private static String words(SQLException e) {
    return "%s %s"
        .formatted(e.getSQLState(), String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }
}
