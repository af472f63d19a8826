package io.changeover.migrator.report;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;
import io.changeover.worker.Found;
import java.util.ArrayList;
import java.util.List;

/// Collects what a look at the world found: all of it, not the first.
public final class Findings {

  private final List<Finding> all = new ArrayList<>();

  /// The upgrade must not begin, or go on, like this.
  public void blocker(String code, String message, String evidence, String remedy) {
    all.add(Found.blocker(code, message, evidence, remedy));
  }

  /// Somebody should know before it matters.
  public void warning(String code, String message, String evidence, String remedy) {
    all.add(Found.warning(code, message, evidence, remedy));
  }

  /// Worth writing down.
  public void fact(String code, String message, String evidence) {
    all.add(Found.fact(code, message, evidence));
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
