package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Finding;
import io.changeover.migrator.report.Findings;
import io.changeover.sandbox.embedded.EmbeddedPostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityChecksIT {

  @TempDir static Path folder;

  @Test
  void an_old_transaction_that_holds_a_table_is_a_blocker_and_who_waits_for_it_is_named()
      throws Exception {
    try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder, 0);
        Connection holder = postgres.connect("postgres");
        Connection waiter = postgres.connect("postgres");
        Connection asking = postgres.connect("postgres")) {
      run(holder, "CREATE TABLE routes (id int)");
      assertThat(codes(asking)).isEmpty();
      holder.setAutoCommit(false);
      run(holder, "SELECT * FROM routes");
      assertThat(codes(asking)).contains("activity.long-transaction", "activity.old-transactions");
      Thread altering = Thread.ofVirtual().start(() -> alter(waiter));
      Instant until = Instant.now().plusSeconds(60);
      while (!codes(asking).contains("activity.lock-wait")) {
        assertThat(Instant.now()).isBefore(until);
      }
      holder.rollback();
      assertThat(altering.join(Duration.ofSeconds(60))).isTrue();
      assertThat(codes(asking)).isEmpty();
    }
  }

  private static void alter(Connection connection) {
    try {
      run(connection, "ALTER TABLE routes ADD COLUMN request_buffering boolean");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> codes(Connection connection) throws SQLException {
    Findings findings = new Findings();
    new ActivityChecks(Duration.ZERO).look(connection, findings);
    return findings.all().stream().map(Finding::getCode).toList();
  }
}
