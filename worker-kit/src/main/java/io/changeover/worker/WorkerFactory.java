package io.changeover.worker;

import io.changeover.schemas.KafkaLiveness;
import io.changeover.schemas.TopicSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a worker together.
@Factory
@Requires(property = "changeover.worker.topic")
class WorkerFactory {

  private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(WorkerFactory.class);

  private final WorkerSettings settings;
  private final String instance;
  private final Clock clock = Clock.systemUTC();

  WorkerFactory(WorkerSettings settings) {
    this.settings = settings;
    this.instance = settings.name() + "@" + ProcessHandle.current().pid();
  }

  /// The topics are there, with leaders, before anything is read or written.
  @Singleton
  @Bean(preDestroy = "close")
  WorkerProducer producer(
      KafkaDefaultConfiguration kafka,
      @Value("${changeover.partitions:8}") int partitions,
      @Value("${changeover.replication:-1}") int replication)
      throws InterruptedException {
    new TopicSetup(client(kafka), partitions, replication).ensure(KAFKA_PATIENCE, LOG::warn);
    return new WorkerProducer(kafka.getConfig());
  }

  @Singleton
  @Bean(preDestroy = "close")
  KafkaLiveness liveness(KafkaDefaultConfiguration kafka) {
    return new KafkaLiveness(client(kafka));
  }

  private static Map<String, Object> client(KafkaDefaultConfiguration kafka) {
    Properties config = kafka.getConfig();
    Map<String, Object> client = new HashMap<>();
    config.stringPropertyNames().forEach(name -> client.put(name, config.getProperty(name)));
    return client;
  }

  @Singleton
  WorkerMetrics metrics(MeterRegistry registry) {
    return new WorkerMetrics(registry);
  }

  @Singleton
  Rejections rejections(WorkerProducer producer) {
    return new Rejections(producer.get(), instance, clock);
  }

  @Singleton
  Alarms alarms(WorkerProducer producer, WorkerMetrics metrics) {
    return new ReportedAlarms(sender(producer, metrics), instance, clock);
  }

  private ReportSender sender(WorkerProducer producer, WorkerMetrics metrics) {
    return new KafkaReportSender(producer.get(), metrics, "/worker/" + settings.name());
  }

  /// Closed before the producer, since it still reports while it closes.
  @Singleton
  @Bean(preDestroy = "close")
  CommandRunner runner(
      Collection<PhaseWork> works,
      Inventories inventories,
      WorkerProducer producer,
      WorkerMetrics metrics) {
    return new CommandRunner(
        byAction(works),
        inventories,
        sender(producer, metrics),
        metrics,
        instance,
        settings,
        clock);
  }

  static Map<String, PhaseWork> byAction(Collection<PhaseWork> works) {
    Map<String, PhaseWork> byAction = new HashMap<>();
    for (PhaseWork work : works) {
      for (String action : work.actions()) {
        PhaseWork other = byAction.putIfAbsent(action, work);
        if (other != null) {
          throw new IllegalStateException(
              "Both %s and %s do the action %s; expected one"
                  .formatted(other.getClass().getName(), work.getClass().getName(), action));
        }
      }
    }
    return Map.copyOf(byAction);
  }
}
