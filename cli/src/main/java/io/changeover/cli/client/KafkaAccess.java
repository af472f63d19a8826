package io.changeover.cli.client;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to reach Kafka: `--kafka`, and `--kafka-config` for what a secured cluster wants.
public final class KafkaAccess {
  private static final int CALL_MILLIS = 10_000;
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");
  private static final String SECURED =
      "Where it wants TLS or a login, name the client's properties with --kafka-config";

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

  /// The options that reach the same Kafka, for a command line that is shown to be typed again.
  public String options() {
    return "--kafka " + word(servers) + (config == null ? "" : " --kafka-config " + word(config));
  }

  /// As a shell reads one word.
  private static String word(Object value) {
    String text = value.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
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

  /// The problem to report when Kafka does not answer, or refuses.
  public Problem unreachable(Throwable cause) {
    return Problem.unreachable(
        "Expected Kafka to answer at %s, but %s; %s"
            .formatted(servers, reason(cause), remedy(cause)));
  }

  /// The problem to report when a client has run out of memory. It takes the first bytes of
  /// whatever answers for the length of Kafka's answer, and those of TLS say hundreds of megabytes.
  public static Problem outOfMemory() {
    return Problem.unreachable(
        "Ran out of memory. A Kafka that wants TLS does that to a client that speaks plain text: "
            + SECURED);
  }

  private static String remedy(Throwable cause) {
    return switch (cause) {
      case AuthenticationException _ -> SECURED;
      case AuthorizationException _ ->
          "whoever runs Kafka can give you the right; --kafka-config says who you are";
      default -> "name its bootstrap servers with --kafka. " + SECURED;
    };
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
