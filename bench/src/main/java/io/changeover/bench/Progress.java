package io.changeover.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/// Waits for counts in the database, and makes rates of them.
final class Progress {
  /// 1 when the whole journal is on Kafka.
  static final String PUBLISHED =
      "SELECT CASE WHEN sum(next_position - 1 - published) = 0 THEN 1 ELSE 0 END"
          + " FROM lane JOIN relay USING (lane)";

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final long POLL_MILLIS = 100;

  private Progress() {}

  static void await(DataSource database, String count, long wanted) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    long found = ask(database, count);
    while (found < wanted) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Expected %d within %s, got %d: %s".formatted(wanted, PATIENCE, found, count));
      }
      Thread.sleep(POLL_MILLIS);
      found = ask(database, count);
    }
  }

  static long ask(DataSource database, String count) {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement(count);
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Expected the database to count", e);
    }
  }

  static double rate(long events, long beginNanos) {
    return events * 1e9 / (System.nanoTime() - beginNanos);
  }
}
