package io.changeover.planner.core;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Facts that prove a phase.
final class Evidences {
  private Evidences() {}

  static SortedMap<String, String> of(Phase phase) {
    return new TreeMap<>(facts(phase));
  }

  private static Map<String, String> facts(Phase phase) {
    return switch (phase.action()) {
      case PREFLIGHT -> Map.of("schema.state", "new");
      case PREFLIGHT_ROUTER -> Map.of("weight.blue", "100", "weight.green", "0");
      case BACKUP -> Map.of("backup.sha256", "ab12", "backup.rows", "4711");
      case FENCE_ADMIN, OPEN_ADMIN -> Map.of("admin.open", word(phase));
      case MIGRATE_UP -> Map.of("schema.before", "new", "schema.after", "pending");
      case START_NODES -> Map.of("nodes.running", "2", "nodes.healthy", "2");
      case SHIFT, SOAK -> traffic(phase);
      case DRAIN -> Map.of("sessions.blue", "0");
      case STOP_NODES -> Map.of("nodes.running", "0", "fence.role", "none");
      case MIGRATE_FINISH -> Map.of("schema.after", "executed");
      case VERIFY -> Map.of("schema.state", "executed", "nodes.healthy", "2");
      case RESTORE_TRAFFIC -> Map.of("weight.green", "0", "weight.blue", "100");
      case VERIFY_ROLLBACK -> Map.of("nodes.healthy", "2", "schema.pending", "core:012_213_to_220");
      case RUNBOOK -> Map.of();
    };
  }

  private static Map<String, String> traffic(Phase phase) {
    Shift shift = phase.shift();
    int weight = shift == null ? 0 : shift.weight();
    return Map.of(
        "weight.green",
        Integer.toString(weight),
        "weight.blue",
        Integer.toString(100 - weight),
        "share.green",
        weight == 100 ? "1" : "0." + weight,
        "requests.green",
        "900",
        "requests.blue",
        weight == 100 ? "0" : "2700");
  }

  private static String word(Phase phase) {
    Side side = phase.side();
    return side == null ? "" : side.word();
  }
}
