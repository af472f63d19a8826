package io.changeover.cli.client;

import io.changeover.cli.client.JournalAudit.Finding;
import java.util.List;

/// Whether the journal of one upgrade is whole and folds to the state that the planner stored.
///
/// @param entries how many entries it has
public record JournalProof(boolean holds, long entries, String evidence) {
  /// Reads the planner's database, then the topic.
  ///
  /// @param url JDBC URL of the planner's database
  public static JournalProof of(KafkaAccess kafka, String upgrade, String url) {
    JournalAudit audit = JournalReading.audit(kafka, url, upgrade);
    List<Finding> findings = audit.findings();
    if (!audit.unreadable().isEmpty()) {
      return new JournalProof(false, 0, audit.unreadable().getFirst());
    }
    if (findings.size() != 1) {
      return new JournalProof(false, 0, "neither topic nor database know upgrade " + upgrade);
    }
    Finding finding = findings.getFirst();
    String good =
        finding.compared()
            ? "%d entries, the chain is whole, deciding again gives the same, equal byte for byte"
                .formatted(finding.entries())
            : "the database has no state of it";
    return new JournalProof(
        finding.difference().isEmpty() && finding.compared(),
        finding.entries(),
        finding.difference().orElse(good));
  }
}
