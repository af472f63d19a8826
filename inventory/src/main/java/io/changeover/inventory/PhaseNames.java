package io.changeover.inventory;

import java.util.ArrayList;
import java.util.List;

/// The names that an inventory may use for phases and actions.
final class PhaseNames {

  /// What workers can be told to do; deadlines are set for these.
  static final List<String> ACTIONS =
      List.of(
          "preflight",
          "preflight-router",
          "backup",
          "fence-admin",
          "migrate-up",
          "start-nodes",
          "shift",
          "soak",
          "drain",
          "stop-nodes",
          "migrate-finish",
          "open-admin",
          "verify",
          "restore-traffic",
          "verify-rollback");

  private PhaseNames() {}

  /// The phases of the way forward, in their order; gates and hooks stand before one of these.
  static List<String> forward(List<Step> steps) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "preflight",
                "preflight-router",
                "backup",
                "fence-admin",
                "migrate-up",
                "start-green"));
    steps.forEach(step -> names.add("shift-" + step.setWeight()));
    names.addAll(
        List.of("soak", "drain-blue", "stop-blue", "migrate-finish", "open-admin", "verify"));
    return names;
  }
}
