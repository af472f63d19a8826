package io.changeover.planner.shell;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Facts;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The facts of a worker for which everything went well.
final class PhaseFacts {
  private static final String ENTITIES = "default=12";
  private static final String DIGEST = "ab".repeat(32);

  private PhaseFacts() {}

  static Map<String, String> of(PhaseCommand command) {
    return switch (command.getAction()) {
      case "preflight" -> Map.of(Facts.SCHEMA_STATE, "executed", Facts.NODES_HEALTHY, "2");
      case "verify" ->
          Map.of(
              Facts.SCHEMA_STATE,
              "executed",
              Facts.NODES_HEALTHY,
              "2",
              Facts.ENTITIES_AFTER,
              ENTITIES);
      case "preflight-router" -> Map.of(Facts.WEIGHT_BLUE, "100", Facts.WEIGHT_GREEN, "0");
      case "backup" ->
          Map.of(
              Facts.BACKUP_SHA256,
              "ab12",
              Facts.BACKUP_ROWS,
              "1000",
              Facts.ENTITIES_BEFORE,
              ENTITIES);
      case "parse-config" -> Map.of(Facts.CONFIG_PARSED, "true");
      case "fence-admin", "open-admin" ->
          Map.of(Facts.ADMIN_OPEN, Objects.requireNonNull(command.getSide()));
      case "freeze-admin" -> Map.of(Facts.ADMIN_OPEN, "none", Facts.ADMIN_FROZEN, "blue");
      case "bootstrap" ->
          Map.of(
              Facts.SCHEMA_BEFORE,
              "needs-bootstrap",
              Facts.SCHEMA_AFTER,
              "executed",
              Facts.KEYSPACE_ROWS,
              "0");
      case "copy", "import" ->
          Map.of(Facts.COPY_ROWS, "1000", Facts.COPY_TABLES, "24", Facts.DIGEST_CONFIG, DIGEST);
      case "export", "transfer" -> Map.of(Facts.DUMP_SHA256, DIGEST);
      case "compare" ->
          Map.of(
              Facts.COMPARE_EQUAL,
              "true",
              Facts.COMPARE_COVERAGE,
              "1",
              Facts.DIGEST_CONFIG,
              DIGEST);
      case "delta" ->
          Map.of(Facts.DELTA_ROWS, "7", Facts.DELTA_PASSES, "2", Facts.DIGEST_CONFIG, DIGEST);
      case "migrate-up" -> Map.of(Facts.SCHEMA_BEFORE, "executed", Facts.SCHEMA_AFTER, "pending");
      case "migrate-finish" -> Map.of(Facts.SCHEMA_AFTER, "executed");
      case "start-nodes" -> Map.of(Facts.NODES_RUNNING, "2", Facts.NODES_HEALTHY, "2");
      case "stop-nodes" -> Map.of(Facts.NODES_RUNNING, "0", Facts.FENCE_ROLE, "none");
      case "drain" -> Map.of(Facts.SESSIONS_BLUE, "0");
      case "shift", "soak", "restore-traffic" -> traffic(command.getStep());
      case "verify-rollback" -> Map.of(Facts.NODES_HEALTHY, "2", Facts.SCHEMA_PENDING, "");
      default -> Map.of();
    };
  }

  private static Map<String, String> traffic(@Nullable TrafficStep step) {
    int green = step == null ? 0 : step.getSetWeight();
    return Map.of(
        Facts.WEIGHT_GREEN,
        Integer.toString(green),
        Facts.WEIGHT_BLUE,
        Integer.toString(100 - green),
        Facts.SHARE_GREEN,
        "%d.0".formatted(green),
        Facts.REQUESTS_GREEN,
        "100",
        Facts.REQUESTS_BLUE,
        "100");
  }
}
