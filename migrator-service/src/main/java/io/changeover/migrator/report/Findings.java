package io.changeover.migrator.report;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import java.util.ArrayList;
import java.util.List;

/// Collects what a look at the world found: all of it, not the first.
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /// The upgrade must not begin, or go on, like this.
  public void blocker(String code, String message, String evidence, String remedy) {
    add(Severity.BLOCKER, code, message, evidence, remedy);
  }

  /// Somebody should know before it matters.
  public void warning(String code, String message, String evidence, String remedy) {
    add(Severity.WARNING, code, message, evidence, remedy);
  }

  /// Worth writing down.
  public void fact(String code, String message, String evidence) {
    add(Severity.FACT, code, message, evidence, "");
  }

  private void add(Severity severity, String code, String message, String evidence, String remedy) {
    all.add(
        Finding.newBuilder()
            .setSeverity(severity)
            .setCode(code)
            .setMessage(message)
            .setEvidence(evidence)
            .setRemedy(remedy)
            .build());
  }

  public List<Finding> all() {
    return List.copyOf(all);
  }

  /// Codes of the blockers, in the order they were found.
  public List<String> blockers() {
    return all.stream()
        .filter(finding -> finding.getSeverity() == Severity.BLOCKER)
        .map(Finding::getCode)
        .toList();
  }
}
