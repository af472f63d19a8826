package io.changeover.cli.preflight;

import io.changeover.messages.Finding;
import java.util.Locale;

/// One thing that a look found.
///
/// @param by who looked: `inventory`, `planner`, `migrator`, `traffic` or `exporter`
/// @param code a stable name
/// @param evidence the query or call, and its answer
/// @param remedy what to do; empty for facts
public record Found(
    Severity severity, String code, String by, String message, String evidence, String remedy) {

  /// The code of a finding that says that there was no way to look.
  public static final String UNREACHABLE = "unreachable";

  /// How much it weighs; the heaviest first.
  public enum Severity {
    BLOCKER,
    WARNING,
    FACT;

    /// As it is written.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Found of(String by, Finding finding) {
    Severity severity =
        switch (finding.getSeverity()) {
          case BLOCKER, UNKNOWN -> Severity.BLOCKER;
          case WARNING -> Severity.WARNING;
          case FACT -> Severity.FACT;
        };
    return new Found(
        severity,
        finding.getCode(),
        by,
        finding.getMessage(),
        finding.getEvidence(),
        finding.getRemedy());
  }

  /// The same, of a later hop.
  Found of(String hop) {
    return new Found(severity, code, by, hop + ": " + message, evidence, remedy);
  }

  static Found blocker(String code, String by, String message, String evidence, String remedy) {
    return new Found(Severity.BLOCKER, code, by, message, evidence, remedy);
  }
}
