package io.changeover.sandbox.embedded;

import java.nio.file.Path;

/// Kafka as a process of its own: `KafkaMain DIR PORT`. Prints `READY 127.0.0.1:PORT` when it
/// serves and runs until SIGTERM.
public final class KafkaMain {
  private KafkaMain() {}

  /// Serves until the process is stopped.
  ///
  /// @param args the data folder and the port (0 for a free one)
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse("KafkaMain", args);
    Arguments.quietLogs();
    EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments.dir()), arguments.port());
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "kafka-stop"));
    System.out.println("READY " + kafka.bootstrapServers());
    kafka.awaitEnd();
  }
}
