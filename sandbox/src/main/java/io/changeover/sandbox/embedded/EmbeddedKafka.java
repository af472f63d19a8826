package io.changeover.sandbox.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A Kafka broker (KRaft, broker and controller in one) inside this JVM, with its data in a folder.
///
/// Started again on the same folder it has the same topics and records. Its settings are those of a
/// small machine: one replica of everything, topics made on purpose only.
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Starts a broker; returns when it serves.
  ///
  /// @param dir where its data is or shall be
  /// @param port the port that clients use, 0 for a free one
  public static EmbeddedKafka start(Path dir, int port) {
    return start(dir, port, Map.of());
  }

  /// The same with further settings, such as an authorizer.
  ///
  /// @param more settings by Kafka's names; they go before the usual ones
  public static EmbeddedKafka start(Path dir, int port, Map<String, String> more) {
    int client = FreePorts.orFree(port);
    try {
      Path logs = Files.createDirectories(dir.resolve("kafka")).toAbsolutePath();
      format(logs);
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(settings(logs, client, FreePorts.next(), more)), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, client);
    } catch (Exception e) {
      throw new IllegalStateException(
          "Expected Kafka to start on port %d with its data in %s, but it did not: %s"
              .formatted(client, dir, e.getMessage()),
          e);
    }
  }

  /// What a client's `bootstrap.servers` wants.
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /// The port that clients use.
  public int port() {
    return port;
  }

  /// Stops the broker in order and waits for the end.
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  void awaitEnd() {
    server.awaitShutdown();
  }

  private static void format(Path logs) throws Exception {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .setDirectories(List.of(logs.toString()))
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException e) {
      throw new IOException("Expected to format %s, but %s".formatted(logs, e.getMessage()), e);
    }
  }

  private static Map<String, String> settings(
      Path logs, int client, int controller, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(usual(logs, client, controller));
    all.putAll(more);
    return all;
  }

  private static Map<String, String> usual(Path logs, int client, int controller) {
    String clients = "PLAINTEXT://127.0.0.1:" + client;
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE)),
        Map.entry("controller.quorum.voters", NODE + "@127.0.0.1:" + controller),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("listeners", clients + ",CONTROLLER://127.0.0.1:" + controller),
        Map.entry("advertised.listeners", clients),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("log.dirs", logs.toString()),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        // The cleaner's buffer is 128 MB by default, most of a small heap.
        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("background.threads", "2"),
        Map.entry("controlled.shutdown.enable", "false"),
        Map.entry("broker.heartbeat.interval.ms", "500"));
  }
}
