package io.changeover.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Whether Kafka answers, asked anew each time. It asks for the brokers, which needs no right but
/// that to connect.
public final class KafkaLiveness implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(2);

  private final Map<String, Object> clientConfig;
  private @Nullable Admin admin;

  /// @param clientConfig at least `bootstrap.servers`, and whatever security settings the cluster
  ///   wants
  public KafkaLiveness(Map<String, Object> clientConfig) {
    this.clientConfig = Map.copyOf(clientConfig);
  }

  /// Whether it does, within two seconds.
  public synchronized boolean answers() {
    try {
      if (admin == null) {
        admin = Admin.create(new HashMap<>(clientConfig));
      }
      return !admin.describeCluster().nodes().get(CALL.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(CALL);
    }
  }
}
