package io.changeover.cli.fleet;

import io.changeover.messages.PhaseCommand;
import io.changeover.sandbox.kong.SchemaState;
import io.changeover.sandbox.kong.StateMachineCluster;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A cluster of the stand-in's state machine behind a router of two numbers: what each phase does
/// to it, and what must never be done to it.
final class ClusterMachine {
  private static final String BLUE = "2.1.4";
  private static final String GREEN = "2.2.2";
  private static final int NODES = 2;

  private final List<String> violations = new ArrayList<>();
  private final StateMachineCluster kong;
  private String admin = "both";
  private int greenWeight;
  private boolean soaked;

  ClusterMachine(String name) {
    kong = StateMachineCluster.serving(name, BLUE, "blue-1", "blue-2");
  }

  /// Does one phase; a repeat is a no-op with the same facts.
  synchronized Map<String, String> apply(PhaseCommand command) {
    Map<String, String> facts = new HashMap<>();
    switch (command.getAction()) {
      case Actions.PREFLIGHT -> facts.put(Facts.SCHEMA_STATE, schema());
      case Actions.PREFLIGHT_ROUTER, Actions.RESTORE_TRAFFIC -> weights(facts);
      case Actions.BACKUP -> {
        facts.put(Facts.BACKUP_SHA256, "00");
        facts.put(Facts.BACKUP_ROWS, "1");
      }
      case Actions.FENCE_ADMIN, Actions.OPEN_ADMIN ->
          open(String.valueOf(command.getSide()), facts);
      case Actions.MIGRATE_UP -> {
        facts.put(Facts.SCHEMA_BEFORE, schema());
        if (schema().equals("new")) {
          migrate("up");
        }
        facts.put(Facts.SCHEMA_AFTER, schema());
      }
      case Actions.START_NODES -> start(command, facts);
      case Actions.SHIFT, Actions.SOAK -> shift(command, facts);
      case Actions.DRAIN -> facts.put(Facts.SESSIONS_BLUE, "0");
      case Actions.STOP_NODES -> stop(command, facts);
      case Actions.MIGRATE_FINISH -> finish(facts);
      case Actions.VERIFY -> {
        facts.put(Facts.SCHEMA_STATE, schema());
        facts.put(Facts.NODES_HEALTHY, nodes(GREEN));
      }
      case Actions.VERIFY_ROLLBACK -> facts.put(Facts.NODES_HEALTHY, nodes(BLUE));
      default -> violations.add("unknown action " + command.getAction());
    }
    return facts;
  }

  private void weights(Map<String, String> facts) {
    facts.put(Facts.WEIGHT_GREEN, Integer.toString(greenWeight));
    facts.put(Facts.WEIGHT_BLUE, Integer.toString(100 - greenWeight));
  }

  private void open(String side, Map<String, String> facts) {
    hold(
        !side.equals("green") || schema().equals("executed"), "green's Admin API opened too early");
    admin = side;
    facts.put(Facts.ADMIN_OPEN, admin);
  }

  private void start(PhaseCommand command, Map<String, String> facts) {
    String version = version(command);
    for (String node : nodes(command)) {
      if (!kong.running().containsKey(node)) {
        StateMachineCluster.Answer answer = kong.start(version, node);
        hold(answer.exit() == 0, node + " did not start: " + answer.err());
      }
    }
    facts.put(Facts.NODES_RUNNING, nodes(version));
    facts.put(Facts.NODES_HEALTHY, nodes(version));
  }

  private void shift(PhaseCommand command, Map<String, String> facts) {
    hold(runs(GREEN), "traffic was sent to nodes that do not run");
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
    nodes(command).forEach(kong::stop);
    facts.put(Facts.NODES_RUNNING, nodes(version(command)));
    facts.put(Facts.FENCE_ROLE, "none");
  }

  private void finish(Map<String, String> facts) {
    hold(greenWeight == 100 && !runs(BLUE), "finish was commanded while blue ran or had traffic");
    migrate("finish");
    facts.put(Facts.SCHEMA_AFTER, schema());
  }

  private void migrate(String verb) {
    StateMachineCluster.Answer answer = kong.migrations(GREEN, verb);
    hold(answer.exit() == 0, "migrations " + verb + " failed: " + answer.err());
  }

  /// The word for what green's binary sees.
  private String schema() {
    SchemaState seen = kong.schema(GREEN);
    if (seen.hasPending()) {
      return seen.hasNew() ? "pending-and-new" : "pending";
    }
    return seen.hasNew() ? "new" : "executed";
  }

  private static String version(PhaseCommand command) {
    return "blue".equals(command.getSide()) ? BLUE : GREEN;
  }

  private static List<String> nodes(PhaseCommand command) {
    return List.of(command.getSide() + "-1", command.getSide() + "-2");
  }

  private String nodes(String version) {
    return Long.toString(kong.running().values().stream().filter(version::equals).count());
  }

  private boolean runs(String version) {
    return kong.running().containsValue(version);
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
    return schema().equals("executed")
        && nodes(GREEN).equals(Integer.toString(NODES))
        && !runs(BLUE)
        && admin.equals("green");
  }
}
