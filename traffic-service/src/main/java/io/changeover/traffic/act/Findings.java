package io.changeover.traffic.act;

import io.changeover.messages.Finding;
import io.changeover.messages.Severity;

/// Findings of this service; their codes begin with `router.`, `weight.`, `admin.` or `log.`.
final class Findings {

  private Findings() {}

  static Finding blocker(String code, String message, String evidence, String remedy) {
    return finding(Severity.BLOCKER, code, message, evidence, remedy);
  }

  static Finding warning(String code, String message, String evidence, String remedy) {
    return finding(Severity.WARNING, code, message, evidence, remedy);
  }

  static Finding fact(String code, String message, String evidence) {
    return finding(Severity.FACT, code, message, evidence, "");
  }

  private static Finding finding(
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
