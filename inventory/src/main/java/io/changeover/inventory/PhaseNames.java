package io.changeover.inventory;

import io.changeover.inventory.CopyPolicy.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names that the inventory of one cluster may use for phases and actions.
///
/// @param before the phases before the traffic moves
/// @param after the phases from the soak on
/// @param confirmed the phase that the gate `confirm` stands before
record PhaseNames(List<String> before, List<String> after, String confirmed) {

  /// What workers can be told to do; deadlines are set for these.
  static final List<String> ACTIONS =
      List.of(
          "preflight",
          "preflight-router",
          "backup",
          "fence-admin",
          "freeze-admin",
          "migrate-up",
          "bootstrap",
          "parse-config",
          "copy",
          "export",
          "transfer",
          "import",
          "compare",
          "start-nodes",
          "shift",
          "soak",
          "drain",
          "delta",
          "stop-nodes",
          "migrate-finish",
          "open-admin",
          "verify",
          "restore-traffic",
          "verify-rollback");

  private static final PhaseNames SHARED =
      new PhaseNames(
          List.of(
              "preflight",
              "preflight-router",
              "backup",
              "fence-admin",
              "migrate-up",
              "start-green"),
          List.of("soak", "drain-blue", "stop-blue", "migrate-finish", "open-admin", "verify"),
          "migrate-finish");

  private static final PhaseNames HYBRID =
      new PhaseNames(
          List.of(
              "preflight",
              "preflight-router",
              "backup",
              "freeze-admin",
              "migrate-up",
              "start-control-planes",
              "start-data-planes"),
          List.of(
              "soak",
              "drain-blue",
              "stop-data-planes",
              "stop-control-planes",
              "migrate-finish",
              "open-admin",
              "verify"),
          "migrate-finish");

  private static final PhaseNames DB_LESS =
      new PhaseNames(
          List.of("preflight", "preflight-router", "parse-config", "start-green"),
          List.of("soak", "drain-blue", "stop-blue", "verify"),
          "drain-blue");

  static PhaseNames of(Topology topology, Datastore datastore) {
    return switch (topology) {
      case TRADITIONAL -> of(datastore);
      case HYBRID -> HYBRID;
      case DB_LESS -> DB_LESS;
    };
  }

  private static PhaseNames of(Datastore datastore) {
    return switch (datastore) {
      case PostgresDatastore _ -> SHARED;
      case CassandraDatastore cassandra ->
          cassandra.sameKeyspace() ? SHARED : copied(cassandra.copy().way());
      case NoDatastore _ -> DB_LESS;
    };
  }

  private static PhaseNames copied(Way way) {
    List<String> before =
        new ArrayList<>(List.of("preflight", "preflight-router", "freeze-admin", "bootstrap"));
    before.addAll(
        switch (way) {
          case COPY -> List.of("copy");
          case DUMP, KONG_YML -> List.of("export", "transfer", "import");
        });
    before.addAll(List.of("compare", "start-green"));
    return new PhaseNames(
        List.copyOf(before),
        List.of("soak", "drain-blue", "cut", "stop-blue", "open-admin", "verify"),
        "drain-blue");
  }

  /// The phases of the way forward, in their order; gates and hooks stand before one of these.
  List<String> forward(List<Step> steps) {
    List<String> names = new ArrayList<>(before);
    steps.forEach(step -> names.add("shift-" + step.setWeight()));
    names.addAll(after);
    return names;
  }

  /// The phase that a gate of this name must stand before, where it has a place of its own.
  Optional<String> place(String gate) {
    return switch (gate) {
      case Gate.CONFIRM -> Optional.of(confirmed);
      case Gate.ACCEPT_LOSS -> Optional.of("export");
      default -> Optional.empty();
    };
  }
}
