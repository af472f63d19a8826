package io.changeover.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.sandbox.embedded.EmbeddedKafka;
import io.changeover.schemas.TopicSetup;
import io.changeover.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The topics as services make them at their start, on a real broker.
class TopicSetupIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path dir;

  private EmbeddedKafka kafka;
  private Admin admin;

  @BeforeEach
  void open() {
    kafka = EmbeddedKafka.start(dir, 0);
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    admin.close();
    kafka.close();
  }

  @Test
  void makes_what_is_missing_and_never_alters_what_is_there() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(Topics.REQUESTS, Optional.of(3), Optional.empty())
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "12345"))))
        .all()
        .get();
    setup(3).ensure(PATIENCE);
    setup(7).ensure(PATIENCE);

    assertThat(admin.describeTopics(Topics.ALL).allTopicNames().get())
        .hasSize(Topics.ALL.size())
        .allSatisfy((name, topic) -> assertThat(topic.partitions()).as(name).hasSize(3));
    assertThat(setting(Topics.REQUESTS, TopicConfig.RETENTION_MS_CONFIG)).isEqualTo("12345");
    for (String evidence : Set.of(Topics.JOURNAL, Topics.REJECTED)) {
      assertThat(setting(evidence, TopicConfig.RETENTION_MS_CONFIG)).isEqualTo("-1");
      assertThat(setting(evidence, TopicConfig.RETENTION_BYTES_CONFIG)).isEqualTo("-1");
      assertThat(setting(evidence, TopicConfig.CLEANUP_POLICY_CONFIG)).isEqualTo("delete");
    }
    assertThat(Long.parseLong(setting(Topics.REPORTS, TopicConfig.RETENTION_MS_CONFIG)))
        .isPositive();
  }

  @Test
  void refuses_topics_that_are_not_co_partitioned() throws Exception {
    admin
        .createTopics(List.of(new NewTopic(Topics.REPORTS, Optional.of(5), Optional.empty())))
        .all()
        .get();
    assertThatThrownBy(() -> setup(3).ensure(PATIENCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5=[" + Topics.REPORTS + "]");
  }

  private TopicSetup setup(int partitions) {
    return new TopicSetup(
        Map.of("bootstrap.servers", kafka.bootstrapServers()), partitions, (short) 1);
  }

  private String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var settings = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return Objects.requireNonNull(settings).get(name).value();
  }
}
