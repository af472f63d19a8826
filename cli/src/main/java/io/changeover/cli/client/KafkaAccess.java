package io.changeover.cli.client;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach Kafka: `--kafka`, and `--kafka-config` for what a secured cluster wants.
public final class KafkaAccess {
  private static final int CALL_MILLIS = 10_000;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
      description =
          "Kafka's bootstrap servers (default: $KAFKA_BOOTSTRAP_SERVERS or ${DEFAULT-VALUE})")
  private String servers = "";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "properties of the Kafka client, such as security.protocol")
  private @Nullable Path config;

  /// For use without a command line.
  public static KafkaAccess of(String servers) {
    KafkaAccess access = new KafkaAccess();
    access.servers = servers;
    return access;
  }

  /// Kafka's bootstrap servers.
  public String servers() {
    return servers;
  }

  /// Settings of any client.
  public Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    if (config != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(config)) {
        properties.load(reader);
      } catch (IOException e) {
        throw Problem.usage(
            "Expected %s to be a readable file of properties, but %s"
                .formatted(config, e.getMessage()));
      }
      properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    }
    settings.put("bootstrap.servers", servers);
    settings.putIfAbsent("default.api.timeout.ms", CALL_MILLIS);
    settings.putIfAbsent("request.timeout.ms", CALL_MILLIS);
    return settings;
  }

  /// The problem to report when Kafka does not answer.
  public Problem unreachable(Throwable cause) {
    return Problem.unreachable(
        "Expected Kafka to answer at %s, but %s; name its bootstrap servers with --kafka"
            .formatted(servers, reason(cause)));
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
