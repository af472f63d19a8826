package io.changeover.worker;

import io.micronaut.configuration.kafka.config.AbstractKafkaConsumerConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// How a worker is a member of its consumer group: missed after ten seconds of silence (Kafka's own
/// default is 45), and as a static member where it has a name.
@Singleton
@Requires(property = "changeover.worker.topic")
class Membership implements BeanCreatedEventListener<AbstractKafkaConsumerConfiguration<?, ?>> {
  private final WorkerSettings settings;

  Membership(WorkerSettings settings) {
    this.settings = settings;
  }

  @Override
  public AbstractKafkaConsumerConfiguration<?, ?> onCreated(
      BeanCreatedEvent<AbstractKafkaConsumerConfiguration<?, ?>> event) {
    Properties config = event.getBean().getConfig();
    config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
    if (!settings.instance().isBlank()) {
      config.putIfAbsent(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
    }
    return event.getBean();
  }
}
