package io.changeover.planner.core;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Facts that prove a phase.
final class Evidences {
  private Evidences() {}

  /// A configuration, and the same after somebody changed a plugin and added a route.
  static final Map<String, String> CONFIG = config('1', "plugins=11,services=12");

  static final Map<String, String> CHANGED = config('2', "plugins=21,routes=22,services=12");

  static SortedMap<String, String> of(Phase phase) {
    return new TreeMap<>(facts(phase));
  }

  /// What a worker says in the hop that an upgrade is in.
  static SortedMap<String, String> of(Run run, Phase phase) {
    boolean file = run.evidence().seen().parsed();
    return with(
        of(phase),
        (file && phase.action() == Action.VERIFY)
            ? Map.of("schema.state", "none")
            : particular(run.current().procedure(), phase.action()));
  }

  private static Map<String, String> particular(Procedure procedure, Action action) {
    return switch (procedure) {
      case Procedure.DbLess _ ->
          action == Action.PREFLIGHT || action == Action.VERIFY
              ? Map.of("schema.state", "none")
              : Map.of();
      case Procedure.Fresh _ ->
          action == Action.PREFLIGHT ? Map.of("schema.state", "needs-bootstrap") : Map.of();
      case Procedure.Community _ ->
          switch (action) {
            case BACKUP -> Map.of("entities.before", "default=12,team-a=3");
            case VERIFY -> Map.of("entities.after", "default=12,team-a=3");
            default -> Map.of();
          };
      case Procedure.Shared _, Procedure.Copy _, Procedure.Downtime _, Procedure.Hybrid _ ->
          Map.of();
    };
  }

  private static Map<String, String> facts(Phase phase) {
    return switch (phase.action()) {
      case PREFLIGHT -> Map.of("schema.state", "new");
      case PREFLIGHT_ROUTER -> Map.of("weight.blue", "100", "weight.green", "0");
      case BACKUP -> Map.of("backup.sha256", "ab12", "backup.rows", "4711");
      case FENCE_ADMIN, OPEN_ADMIN -> Map.of("admin.open", word(phase));
      case FREEZE_ADMIN -> Map.of("admin.open", "none", "admin.frozen", word(phase));
      case BOOTSTRAP ->
          Map.of(
              "schema.before", "needs-bootstrap", "schema.after", "executed", "keyspace.rows", "0");
      case PARSE_CONFIG -> Map.of("config.parsed", "true");
      case COPY, IMPORT -> with(CONFIG, Map.of("copy.rows", "413160", "copy.tables", "24"));
      case EXPORT, TRANSFER -> Map.of("dump.sha256", sha256('d'));
      case COMPARE -> with(CONFIG, Map.of("compare.equal", "true", "compare.coverage", "1"));
      case DELTA -> with(CONFIG, Map.of("delta.rows", "12", "delta.passes", "2"));
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

  private static Map<String, String> config(char digit, String tables) {
    return Map.of("digest.config", sha256(digit), "digest.tables", tables);
  }

  static String sha256(char digit) {
    return String.valueOf(digit).repeat(64);
  }

  static SortedMap<String, String> with(Map<String, String> some, Map<String, String> others) {
    SortedMap<String, String> all = new TreeMap<>(some);
    all.putAll(others);
    return all;
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
