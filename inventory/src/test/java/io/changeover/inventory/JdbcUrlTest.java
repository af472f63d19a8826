package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/planner, jdbc:postgresql://db:5432/planner",
    "jdbc:postgresql://db/planner?user=ann&password=hunter2, jdbc:postgresql://db/planner",
    "jdbc:postgresql://ann:hunter2@db/planner, jdbc:postgresql://db/planner"
  })
  void what_is_shown_is_the_place_alone(String url, String shown) {
    assertThat(JdbcUrl.shown(url)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/planner?password=hunter2",
        "jdbc:postgresql://db/planner?user=ann&sslpassword=hunter2",
        "jdbc:postgresql://db/planner?PASSWORD=hunter2",
        "jdbc:postgresql://ann:hunter2@db/planner"
      })
  void a_password_in_it_is_seen(String url) {
    assertThat(JdbcUrl.carriesPassword(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/planner?user=ann",
        "jdbc:postgresql://ann@db:5432/planner",
        "jdbc:postgresql://db/password"
      })
  void a_url_without_one_is_not_blamed(String url) {
    assertThat(JdbcUrl.carriesPassword(url)).isFalse();
  }

  @Test
  void what_the_driver_says_of_it_is_said_without_the_password() {
    String url = "jdbc:postgresql://db:x/planner?password=hunter2";

    assertThat(JdbcUrl.said(url, new SQLException("Unable to parse URL " + url + "\nand more")))
        .isEqualTo("Unable to parse URL jdbc:postgresql://db:x/planner");
    assertThat(JdbcUrl.said(url, new SQLException("cannot use user=a&password=hunter2 here")))
        .isEqualTo("cannot use user=a&password=**** here");
  }
}
