package io.changeover.cli.client;

import io.changeover.cli.client.StoredStates.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the topic into an audit: first the stored states, then the topic until it has caught up
/// with them. The planner publishes entries right after it stored them, so that a moment of
/// patience is no weakness.
public final class JournalReading {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private JournalReading() {}

  /// Reads both.
  ///
  /// @param url JDBC URL of the planner's database, null when there is none to compare with
  /// @param upgrade only this one, null for all
  public static JournalAudit audit(
      KafkaAccess kafka, @Nullable String url, @Nullable String upgrade) {
    Map<String, Stored> stored = url == null ? null : StoredStates.read(url, upgrade);
    Instant deadline = Instant.now().plus(PATIENCE);
    JournalAudit audit;
    do {
      audit = new JournalAudit(upgrade, stored);
      new Journal(kafka).read(audit::add);
    } while (audit.behindStored() && Instant.now().isBefore(deadline));
    return audit;
  }
}
