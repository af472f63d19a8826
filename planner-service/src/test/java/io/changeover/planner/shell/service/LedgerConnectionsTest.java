package io.changeover.planner.shell.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.changeover.planner.shell.PlannerSettings;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerConnectionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/planner?password=hunter2",
        "jdbc:postgresql://127.0.0.1:none/planner?user=ann&password=hunter2",
        "jdbc:nosuch://127.0.0.1/planner?password=hunter2"
      })
  void a_database_that_lets_nobody_in_is_named_without_its_password(String url) {
    DatasourceConfiguration configuration = new DatasourceConfiguration("default");
    configuration.setUrl(url);
    configuration.setDriverClassName("org.postgresql.Driver");
    LedgerConnections connections = new LedgerConnections(settings());

    Throwable failure = catchThrowable(() -> connections.await(configuration));

    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(url.substring(0, url.indexOf('?')))
        .hasMessageContaining("DATASOURCES_DEFAULT_URL")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  private static PlannerSettings settings() {
    Duration little = Duration.ofMillis(300);
    return new PlannerSettings(Map.of(), "p", "g", 1, 1, 1, 1, 1, 1, little, little);
  }
}
