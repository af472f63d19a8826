package io.changeover.schemas;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the topics that are missing and waits until each partition has a leader: an idempotent
/// producer that writes before that can hang on NOT_LEADER. What exists is never altered.
public final class TopicSetup {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration TELL_AGAIN = Duration.ofSeconds(15);

  /// An entry carries the message that was decided on and what came of it, which may quote most of
  /// the message again; the largest message that the planner takes by default has 256 KiB.
  private static final int ENTRY = 4 << 20;

  private final Map<String, Object> clientConfig;
  private final int partitions;
  private final short replication;

  /// @param clientConfig at least `bootstrap.servers`, and whatever security settings the cluster
  ///   wants
  /// @param partitions of each topic that is made
  /// @param replication of each topic that is made; -1 leaves it to the brokers
  public TopicSetup(Map<String, Object> clientConfig, int partitions, int replication) {
    this.clientConfig = Map.copyOf(clientConfig);
    this.partitions = partitions;
    this.replication = (short) replication;
  }

  /// Returns once every topic is there, and says nothing meanwhile.
  ///
  /// @throws IllegalStateException as [#ensure(Duration, Consumer)] does
  public void ensure(Duration patience) throws InterruptedException {
    ensure(patience, _ -> {});
  }

  /// Returns once every topic is there.
  ///
  /// @param waiting told what is waited for: a failure at once, all else after 15 s, and again
  ///   every 15 s
  /// @throws IllegalStateException when the topics are not there, with leaders, within `patience`,
  ///   or when they are not co-partitioned; the message names them
  public void ensure(Duration patience, Consumer<String> waiting) throws InterruptedException {
    var deadline = Instant.now().plus(patience);
    try (Admin admin = Admin.create(new HashMap<>(clientConfig))) {
      var reason = "no answer from Kafka";
      var told = "";
      var tell = Instant.now().plus(TELL_AGAIN);
      while (Instant.now().isBefore(deadline)) {
        try {
          create(admin, missing(admin));
          var leaderless = leaderless(admin);
          if (leaderless.isEmpty()) {
            return;
          }
          reason = "no leader yet for " + leaderless;
        } catch (ExecutionException | TimeoutException e) {
          reason = String.valueOf(e.getCause() == null ? e : e.getCause());
          tell = reason.equals(told) ? tell : Instant.now();
        }
        if (!Instant.now().isBefore(tell)) {
          waiting.accept(waits(deadline, reason));
          told = reason;
          tell = Instant.now().plus(TELL_AGAIN);
        }
        Thread.sleep(POLL);
      }
      throw new IllegalStateException(
          "Expected the topics %s with a leader for each partition within %s, but: %s. Check that Kafka is reachable at %s and that this service may create and describe topics."
              .formatted(Topics.ALL, patience, reason, clientConfig.get("bootstrap.servers")));
    }
  }

  private String waits(Instant deadline, String reason) {
    return "Waiting until %s for Kafka at %s to have the topics, with rights for this service: %s"
        .formatted(
            deadline.truncatedTo(ChronoUnit.SECONDS),
            clientConfig.get("bootstrap.servers"),
            reason);
  }

  private static List<String> missing(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    var present = admin.listTopics().names().get(CALL.toSeconds(), TimeUnit.SECONDS);
    return Topics.ALL.stream().filter(topic -> !present.contains(topic)).toList();
  }

  private void create(Admin admin, List<String> names)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (var made :
        admin.createTopics(names.stream().map(this::topic).toList()).values().values()) {
      try {
        made.get(CALL.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /// Topics in which a partition has no leader; also holds that all are co-partitioned.
  private static List<String> leaderless(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    var described =
        admin.describeTopics(Topics.ALL).allTopicNames().get(CALL.toSeconds(), TimeUnit.SECONDS);
    var counts = new HashMap<String, Integer>();
    var leaderless = new ArrayList<String>();
    described.forEach(
        (name, topic) -> {
          counts.put(name, topic.partitions().size());
          if (topic.partitions().stream()
              .anyMatch(
                  p ->
                      Objects.requireNonNullElse(p.leader(), org.apache.kafka.common.Node.noNode())
                          .isEmpty())) {
            leaderless.add(name);
          }
        });
    new CoPartitioning(counts)
        .fault()
        .ifPresent(
            fault -> {
              throw new IllegalStateException(fault);
            });
    return leaderless;
  }

  private NewTopic topic(String name) {
    var config = new HashMap<String, String>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention(name).toMillis()));
    // Brokers may have a limit of size of their own, which would cut the journal.
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    if (name.equals(Topics.JOURNAL)) {
      config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(ENTRY));
    }
    if (replication >= 3) {
      config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return new NewTopic(name, partitions, replication).configs(config);
  }

  /// The journal and what was rejected are evidence and kept for ever (-1 ms is Kafka's "no
  /// limit"); the rest can be told again from the journal.
  private static Duration retention(String topic) {
    return switch (topic) {
      case Topics.JOURNAL, Topics.REJECTED -> Duration.ofMillis(-1);
      default -> Duration.ofDays(30);
    };
  }
}
