package io.changeover.bench;

import io.changeover.sandbox.embedded.KafkaMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/// Kafka in a process of its own, for all measurements of a run: a broker that has just started
/// spends the cores on compiling itself, which would be measured as the planner's cost.
final class Broker implements AutoCloseable {
  private final Process process;
  private final Map<String, Object> kafka;

  private Broker(Process process, Map<String, Object> kafka) {
    this.process = process;
    this.kafka = kafka;
  }

  static Broker start(Path dir) throws IOException {
    Path home = Files.createDirectories(dir.resolve("kafka"));
    var process =
        new ProcessBuilder(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                    .toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                KafkaMain.class.getName(),
                home.toString(),
                "0")
            .redirectError(dir.resolve("kafka.err").toFile())
            .start();
    return new Broker(process, Map.of("bootstrap.servers", ready(process, dir)));
  }

  private static String ready(Process process, Path dir) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        return line.substring("READY ".length());
      }
    }
    throw new IllegalStateException(
        "Expected Kafka to start, but it ended; its words are in " + dir.resolve("kafka.err"));
  }

  Map<String, Object> kafka() {
    return kafka;
  }

  /// Deletes all topics of the suite and waits until they are gone.
  void forgetTopics(Duration patience) throws InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    try (var admin = Admin.create(kafka)) {
      Set<String> ours = ours(admin);
      if (!ours.isEmpty()) {
        admin.deleteTopics(ours).all().get();
      }
      while (!ours(admin).isEmpty()) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("Expected Kafka to delete its topics within " + patience);
        }
        Thread.sleep(50);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected Kafka to delete its topics", e);
    }
  }

  private static Set<String> ours(Admin admin) throws InterruptedException, ExecutionException {
    return admin.listTopics().names().get().stream()
        .filter(topic -> topic.startsWith("changeover."))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
