package io.changeover.cli.fleet;

import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A cluster as a state machine: what each phase does to it, and what must never be done to it.
final class ClusterMachine {
  private final List<String> violations = new ArrayList<>();
  private String schema = "new";
  private String admin = "both";
  private int greenWeight;
  private boolean soaked;
  private boolean blueRuns = true;
  private boolean greenRuns;

  /// Does one phase; a repeat is a no-op with the same facts.
  synchronized Map<String, String> apply(PhaseCommand command) {
    Map<String, String> facts = new HashMap<>();
    switch (command.getAction()) {
      case Actions.PREFLIGHT -> facts.put(Facts.SCHEMA_STATE, schema);
      case Actions.PREFLIGHT_ROUTER, Actions.RESTORE_TRAFFIC -> weights(facts);
      case Actions.BACKUP -> {
        facts.put(Facts.BACKUP_SHA256, "00");
        facts.put(Facts.BACKUP_ROWS, "1");
      }
      case Actions.FENCE_ADMIN, Actions.OPEN_ADMIN ->
          open(String.valueOf(command.getSide()), facts);
      case Actions.MIGRATE_UP -> {
        facts.put(Facts.SCHEMA_BEFORE, schema);
        schema = schema.equals("new") ? "pending" : schema;
        facts.put(Facts.SCHEMA_AFTER, schema);
      }
      case Actions.START_NODES -> start(facts);
      case Actions.SHIFT, Actions.SOAK -> shift(command, facts);
      case Actions.DRAIN -> facts.put(Facts.SESSIONS_BLUE, "0");
      case Actions.STOP_NODES -> stop(command, facts);
      case Actions.MIGRATE_FINISH -> finish(facts);
      case Actions.VERIFY -> {
        facts.put(Facts.SCHEMA_STATE, schema);
        facts.put(Facts.NODES_HEALTHY, "2");
      }
      case Actions.VERIFY_ROLLBACK -> facts.put(Facts.NODES_HEALTHY, "2");
      default -> violations.add("unknown action " + command.getAction());
    }
    return facts;
  }

  private void weights(Map<String, String> facts) {
    facts.put(Facts.WEIGHT_GREEN, Integer.toString(greenWeight));
    facts.put(Facts.WEIGHT_BLUE, Integer.toString(100 - greenWeight));
  }

  private void open(String side, Map<String, String> facts) {
    hold(!side.equals("green") || schema.equals("executed"), "green's Admin API opened too early");
    admin = side;
    facts.put(Facts.ADMIN_OPEN, admin);
  }

  private void start(Map<String, String> facts) {
    hold(!schema.equals("new"), "green started before the schema was migrated");
    greenRuns = true;
    facts.put(Facts.NODES_RUNNING, "2");
    facts.put(Facts.NODES_HEALTHY, "2");
  }

  private void shift(PhaseCommand command, Map<String, String> facts) {
    hold(greenRuns, "traffic was sent to nodes that do not run");
    greenWeight = command.getStep() == null ? greenWeight : command.getStep().getSetWeight();
    soaked |= command.getAction().equals(Actions.SOAK) && greenWeight == 100;
    weights(facts);
    facts.put(Facts.SHARE_GREEN, Double.toString(greenWeight / 100.0));
    facts.put(Facts.REQUESTS_GREEN, Integer.toString(greenWeight * 10));
    facts.put(Facts.REQUESTS_BLUE, Integer.toString((100 - greenWeight) * 10));
  }

  private void stop(PhaseCommand command, Map<String, String> facts) {
    boolean blue = "blue".equals(command.getSide());
    hold(!blue || (greenWeight == 100 && soaked), "blue was stopped before green carried all");
    blueRuns &= !blue;
    greenRuns &= blue;
    facts.put(Facts.NODES_RUNNING, "0");
    facts.put(Facts.FENCE_ROLE, "none");
  }

  private void finish(Map<String, String> facts) {
    hold(greenWeight == 100 && !blueRuns, "finish was commanded while blue ran or had traffic");
    schema = "executed";
    facts.put(Facts.SCHEMA_AFTER, schema);
  }

  private void hold(boolean invariant, String violation) {
    if (!invariant) {
      violations.add(violation);
    }
  }

  /// What was done to it that must never be done.
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /// Whether it is where an upgrade wants it to be.
  synchronized boolean upgraded() {
    return schema.equals("executed") && greenRuns && !blueRuns && admin.equals("green");
  }
}
