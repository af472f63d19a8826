package io.changeover.worker;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;

/// Makes the findings of a report. What is found has a code of its own, the evidence for it, and
/// what to do about it.
public final class Found {

  private Found() {}

  /// The upgrade must not begin, or go on, like this.
  public static Finding blocker(String code, String message, String evidence, String remedy) {
    return of(Severity.BLOCKER, code, message, evidence, remedy);
  }

  /// Somebody should know before it matters.
  public static Finding warning(String code, String message, String evidence, String remedy) {
    return of(Severity.WARNING, code, message, evidence, remedy);
  }

  /// Worth writing down.
  public static Finding fact(String code, String message, String evidence) {
    return of(Severity.FACT, code, message, evidence, "");
  }

  private static Finding of(
      Severity severity, String code, String message, String evidence, String remedy) {
    return Finding.newBuilder()
        .setSeverity(severity)
        .setCode(code)
        .setMessage(message)
        .setEvidence(evidence)
        .setRemedy(remedy)
        .build();
  }
}
