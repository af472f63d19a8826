package io.changeover.migrator.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Fence;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Secret;
import io.changeover.migrator.act.LoginRole;
import io.changeover.migrator.act.LoginRole.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A role of blue's own that lost its nodes and not yet all of its sessions.
class LoginRoleIT {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final PostgresDatastore datastore =
      new PostgresDatastore(
          "127.0.0.1",
          SharedPostgres.server().port(),
          "postgres",
          "public",
          "login_changer",
          Secret.of("pw"),
          "disable");

  @BeforeEach
  void roles() throws SQLException {
    execute(
        "CREATE ROLE login_changer LOGIN CREATEROLE PASSWORD 'pw'",
        "CREATE ROLE login_blue LOGIN PASSWORD 'pw'",
        "GRANT login_blue TO login_changer WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
  }

  @AfterEach
  void none() throws SQLException {
    execute("DROP ROLE login_blue", "DROP ROLE login_changer");
  }

  @Test
  void a_session_that_we_may_not_end_is_told_until_it_ends_by_itself() throws Exception {
    try (LoginRole login = open()) {
      try (Connection blue = blue()) {
        login.deny();
        assertThat(login.observed()).isEqualTo(Login.DENIED);
        assertThat(login.endSessions()).isOne();
        assertThat(blue.isValid(1)).isTrue();
      }
      MigrationIT.await(() -> left(login) == 0);
    }
  }

  @Test
  void a_session_that_we_may_end_is_ended() throws Exception {
    execute("GRANT pg_signal_backend TO login_changer");
    try (LoginRole login = open();
        Connection blue = blue()) {
      login.deny();
      assertThat(login.endSessions()).isOne();
      MigrationIT.await(() -> left(login) == 0);
      assertThat(blue.isValid(1)).isFalse();
    }
  }

  private LoginRole open() throws SQLException {
    Fence fence = new Fence(Map.of("2.1.4", "login_blue"), Optional.empty(), Secret.of(""));
    return LoginRole.open(datastore, fence, "login_blue", ANSWER);
  }

  private Connection blue() throws SQLException {
    return DriverManager.getConnection(datastore.jdbcUrl(), "login_blue", "pw");
  }

  private static int left(LoginRole login) {
    try {
      return login.endSessions();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = SharedPostgres.server().connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
