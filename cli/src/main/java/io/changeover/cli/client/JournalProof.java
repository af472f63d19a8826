package io.changeover.cli.client;

/// TEMPORARY until Replay is published.
public record JournalProof(boolean holds, String evidence) {
  /// x
  public static JournalProof of(KafkaAccess kafka, String upgrade, String url) {
    return new JournalProof(false, kafka.servers() + upgrade + url);
  }
}
