package io.changeover.bench;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Facts;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Work that is done in no time, with the facts that the planner asks for.
final class InstantWork implements Workers.Answering {

  @Override
  public ProducerRecord<String, byte[]> answer(ConsumerRecord<String, byte[]> record) {
    try {
      var report = completed((PhaseCommand) Codec.decode(record.value()));
      return CloudEvents.record(
          Topics.REPORTS,
          report.getCluster(),
          report,
          report.getId(),
          report.getUpgrade(),
          "/bench",
          report.getAt(),
          CloudEvents.header(record.headers(), CloudEvents.TRACEPARENT));
    } catch (UndecodableException e) {
      throw new IllegalStateException("Expected a command of our own", e);
    }
  }

  static PhaseReport completed(PhaseCommand command) {
    return PhaseReport.newBuilder()
        .setId(command.getId() + "/COMPLETED/1")
        .setUpgrade(command.getUpgrade())
        .setCluster(command.getCluster())
        .setPhase(command.getPhase())
        .setAttempt(command.getAttempt())
        .setWorker("bench")
        .setKind(ReportKind.COMPLETED)
        .setAt(Instant.now())
        .setFacts(facts(command))
        .build();
  }

  private static Map<String, String> facts(PhaseCommand command) {
    return switch (command.getAction()) {
      case "preflight", "verify" ->
          Map.of(Facts.SCHEMA_STATE, "executed", Facts.NODES_HEALTHY, "2");
      case "preflight-router" -> Map.of(Facts.WEIGHT_BLUE, "100", Facts.WEIGHT_GREEN, "0");
      case "backup" -> Map.of(Facts.BACKUP_SHA256, "ab12", Facts.BACKUP_ROWS, "1000");
      case "fence-admin", "open-admin" ->
          Map.of(Facts.ADMIN_OPEN, Objects.requireNonNull(command.getSide()));
      case "migrate-up" -> Map.of(Facts.SCHEMA_BEFORE, "executed", Facts.SCHEMA_AFTER, "pending");
      case "migrate-finish" -> Map.of(Facts.SCHEMA_AFTER, "executed");
      case "start-nodes" -> Map.of(Facts.NODES_RUNNING, "2", Facts.NODES_HEALTHY, "2");
      case "stop-nodes" -> Map.of(Facts.NODES_RUNNING, "0", Facts.FENCE_ROLE, "none");
      case "drain" -> Map.of(Facts.SESSIONS_BLUE, "0");
      case "shift", "soak" -> traffic(command.getStep());
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
        green + ".0",
        Facts.REQUESTS_GREEN,
        "100",
        Facts.REQUESTS_BLUE,
        "100");
  }
}
