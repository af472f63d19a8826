package io.changeover.traffic.act;

import io.changeover.inventory.Haproxy;
import io.changeover.messages.Finding;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import io.changeover.worker.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What speaks against a freeze of the Admin API, before one is asked for. Pure.
final class FreezeChecks {

  private FreezeChecks() {}

  /// @param reading of the admin backend's freeze, where the inventory names that backend
  static List<Finding> of(Haproxy settings, Optional<FreezeReading> reading) {
    List<Finding> findings = new ArrayList<>();
    findings.add(reading.map(FreezeChecks::seen).orElseGet(() -> unnamed("adminBackend")));
    if (settings.adminFront().isEmpty()) {
      findings.add(unnamed("adminFront"));
    }
    return findings;
  }

  private static Finding unnamed(String key) {
    return Found.blocker(
        "admin.no-freeze",
        "The Admin API can't be frozen: the inventory has no router.haproxy." + key,
        "router.haproxy." + key + " is not set",
        "Put the Admin APIs behind a backend with the freeze rule of docs/haproxy.md, and name"
            + " adminBackend and adminFront in the inventory.");
  }

  private static Finding seen(FreezeReading reading) {
    return switch (reading) {
      case FreezeReading.Seen(FreezeState state, var _) ->
          Found.fact(
              "admin.freeze",
              "The router can freeze the Admin API; it is " + state.word() + " now",
              "show map");
      case FreezeReading.Foreign(String words) ->
          Found.blocker(
              "admin.freeze-foreign",
              "The router's freeze map holds a word of somebody else's",
              words,
              "Set it to `open` at the router.");
      case FreezeReading.NotSetUp(String words) ->
          Found.blocker(
              "admin.no-freeze",
              "The router is not set up to freeze the Admin API",
              words,
              "Add to the admin backend: " + AdminFreeze.RULE + " (docs/haproxy.md).");
      case FreezeReading.Unknown(String reason) ->
          Found.blocker(
              "admin.freeze-unknown",
              "Whether the router can freeze the Admin API could not be read",
              reason,
              "See that the router's Runtime API answers, then retry the phase.");
    };
  }
}
