package io.changeover.planner.shell.service;

import io.changeover.inventory.JdbcUrl;
import io.changeover.planner.shell.PlannerSettings;
import io.changeover.planner.shell.jdbc.LedgerTimeouts;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives every connection its timeouts, and waits for a database that comes up later than the
/// planner.
@Singleton
final class LedgerConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerConnections.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final PlannerSettings settings;

  LedgerConnections(PlannerSettings settings) {
    this.settings = settings;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    LedgerTimeouts.properties().forEach(configuration.getDataSourceProperties()::putIfAbsent);
    await(configuration);
    return configuration;
  }

  void await(DatasourceConfiguration configuration) {
    Instant deadline = Instant.now().plus(settings.patience());
    SQLException last = null;
    while (Instant.now().isBefore(deadline)) {
      try (Connection connection = connect(configuration)) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        if (last == null) {
          LOG.warn(
              "Waiting up to {} for PostgreSQL at {}: {}",
              settings.patience(),
              JdbcUrl.shown(configuration.getUrl()),
              JdbcUrl.said(configuration.getUrl(), e));
        }
        last = e;
      }
      pause();
    }
    throw new IllegalStateException(
        "Expected PostgreSQL at %s to let user '%s' in within %s, but: %s. Check DATASOURCES_DEFAULT_URL, _USERNAME and _PASSWORD."
            .formatted(
                JdbcUrl.shown(configuration.getUrl()),
                configuration.getUsername(),
                settings.patience(),
                last == null ? "no answer" : JdbcUrl.said(configuration.getUrl(), last)));
  }

  private static Connection connect(DatasourceConfiguration configuration) throws SQLException {
    var properties = new Properties();
    properties.putAll(LedgerTimeouts.properties());
    if (configuration.getUsername() != null) {
      properties.setProperty("user", configuration.getUsername());
    }
    if (configuration.getPassword() != null) {
      properties.setProperty("password", configuration.getPassword());
    }
    return DriverManager.getConnection(configuration.getUrl(), properties);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for PostgreSQL", e);
    }
  }
}
