package io.changeover.cli;

import io.changeover.cli.client.JournalAudit;
import io.changeover.cli.client.JournalAudit.Finding;
import io.changeover.cli.client.JournalReading;
import io.changeover.cli.client.KafkaAccess;
import io.changeover.cli.client.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `journal replay` and `journal verify` share.
final class AuditOptions {
  @Mixin private KafkaAccess kafka = new KafkaAccess();

  @Option(
      names = "--postgres",
      paramLabel = "JDBC-URL",
      description =
          "compare with the states in this planner database; user and password from $PGUSER and"
              + " $PGPASSWORD")
  private @Nullable String postgres;

  @Option(names = "--upgrade", paramLabel = "ID", description = "only this upgrade")
  private @Nullable String upgrade;

  /// What was found.
  record Result(List<Finding> findings, List<String> unreadable) {
    boolean holds() {
      return unreadable.isEmpty()
          && findings.stream().allMatch(finding -> finding.difference().isEmpty());
    }
  }

  Result audit() {
    Passwords.refuse("--postgres", postgres, "$PGPASSWORD");
    JournalAudit audit = JournalReading.audit(kafka, postgres, upgrade);
    List<Finding> findings = audit.findings();
    if (findings.isEmpty() && audit.unreadable().isEmpty()) {
      throw Problem.failed(
          upgrade == null
              ? "Expected upgrades in the journal at %s, but it is empty".formatted(kafka.servers())
              : "Expected upgrade %s in the journal at %s, but it is not there"
                  .formatted(upgrade, kafka.servers()));
    }
    return new Result(findings, audit.unreadable());
  }
}
