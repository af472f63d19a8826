package io.changeover.planner.shell.service;

import io.changeover.planner.port.Census;
import io.changeover.planner.port.Clusters;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.Outbox;
import io.changeover.planner.port.Seams;
import io.changeover.planner.shell.InventoryClusters;
import io.changeover.planner.shell.PlannerEngine;
import io.changeover.planner.shell.PlannerSettings;
import io.changeover.planner.shell.jdbc.JdbcCensus;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.planner.shell.jdbc.JdbcOutbox;
import io.changeover.planner.shell.kafka.RequestSender;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.KafkaLiveness;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;

/// Wires the parts.
@Factory
final class PlannerFactory {
  private static final InstantSource CLOCK = InstantSource.system();

  @Singleton
  Clusters clusters(@Value("${changeover.inventory}") String folder) {
    return new InventoryClusters(Path.of(folder));
  }

  /// The pool itself: the engine's transactions are its own.
  @Singleton
  Ledger ledger(DataSource dataSource) {
    return new JdbcLedger(pool(dataSource));
  }

  @Singleton
  Outbox outbox(DataSource dataSource) {
    return new JdbcOutbox(pool(dataSource));
  }

  @Singleton
  Census census(DataSource dataSource) {
    return new JdbcCensus(pool(dataSource));
  }

  @Singleton
  @Bean(preDestroy = "close")
  KafkaLiveness liveness(PlannerSettings settings) {
    return new KafkaLiveness(settings.kafka());
  }

  static DataSource pool(DataSource dataSource) {
    return DelegatingDataSource.unwrapDataSource(dataSource);
  }

  @Singleton
  @Bean(preDestroy = "close")
  PlannerEngine engine(
      PlannerSettings settings,
      Ledger ledger,
      Outbox outbox,
      Census census,
      Clusters clusters,
      MeterRegistry registry) {
    return new PlannerEngine(
        settings,
        new PlannerEngine.Parts(ledger, outbox, census, clusters, CLOCK, registry, Seams.NONE));
  }

  @Singleton
  @Named("requests")
  @Bean(preDestroy = "close")
  SafeProducer requestProducer(PlannerSettings settings) {
    return new SafeProducer(settings.kafka(), settings.instance() + "-requests");
  }

  @Singleton
  RequestSender requestSender(@Named("requests") SafeProducer producer) {
    return new RequestSender(producer, CLOCK);
  }
}
