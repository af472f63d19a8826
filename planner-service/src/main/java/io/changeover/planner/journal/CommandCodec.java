package io.changeover.planner.journal;

import io.changeover.messages.PhaseCommand;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.TrafficStep;
import io.changeover.planner.core.Analysis;
import io.changeover.planner.core.Effect;
import io.changeover.planner.core.Shift;
import io.changeover.planner.core.Side;
import io.changeover.planner.core.Way;
import io.changeover.planner.core.Worker;
import io.changeover.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Effects as the messages that workers and runbooks read.
final class CommandCodec {
  private CommandCodec() {}

  static String topic(Effect effect) {
    return switch (effect) {
      case Effect.SendCommand command -> topic(command.phase().worker());
      case Effect.SendRunbook _ -> Topics.COMMANDS_RUNBOOK;
    };
  }

  private static String topic(Worker worker) {
    return switch (worker) {
      case MIGRATOR -> Topics.COMMANDS_MIGRATOR;
      case TRAFFIC -> Topics.COMMANDS_TRAFFIC;
      case EXPORTER -> Topics.COMMANDS_EXPORTER;
      case RUNBOOK -> Topics.COMMANDS_RUNBOOK;
    };
  }

  static SpecificRecord record(Effect effect) {
    return switch (effect) {
      case Effect.SendCommand command -> record(command);
      case Effect.SendRunbook runbook -> record(runbook);
    };
  }

  private static PhaseCommand record(Effect.SendCommand command) {
    return PhaseCommand.newBuilder()
        .setId(command.id())
        .setUpgrade(command.upgrade().value())
        .setCluster(command.cluster().value())
        .setHop(command.hop())
        .setPhase(command.phase().name())
        .setAction(command.phase().action().word())
        .setAttempt(command.attempt())
        .setOrder(command.order())
        .setFromVersion(command.fromVersion())
        .setToVersion(command.toVersion())
        .setSide(side(command.phase().side()))
        .setIssuedAt(command.issuedAt())
        .setDeadline(command.deadline())
        .setHeartbeatMillis(command.heartbeat().toMillis())
        .setStep(step(command.phase().shift(), command.fromWeight()))
        .setPlugins(command.plugins())
        .setAcknowledgements(command.acknowledgements())
        .setWay(way(command.way()))
        .setProcedure(command.procedure().word())
        .setRole(PlanCodec.word(command.phase().role()))
        .build();
  }

  private static RunbookRequested record(Effect.SendRunbook runbook) {
    return RunbookRequested.newBuilder()
        .setId(runbook.id())
        .setUpgrade(runbook.upgrade().value())
        .setCluster(runbook.cluster().value())
        .setHop(runbook.hop())
        .setPhase(runbook.phase())
        .setRunbook(runbook.runbook())
        .setAttempt(runbook.attempt())
        .setOrder(runbook.order())
        .setFromVersion(runbook.fromVersion())
        .setToVersion(runbook.toVersion())
        .setSide(side(runbook.side()))
        .setIssuedAt(runbook.issuedAt())
        .setDeadline(runbook.deadline())
        .build();
  }

  private static @Nullable String side(@Nullable Side side) {
    return side == null ? null : side.word();
  }

  private static @Nullable String way(@Nullable Way way) {
    return way == null ? null : way.word();
  }

  private static @Nullable TrafficStep step(@Nullable Shift shift, int fromWeight) {
    if (shift == null) {
      return null;
    }
    Analysis analysis = shift.analysis();
    return TrafficStep.newBuilder()
        .setSetWeight(shift.weight())
        .setFromWeight(fromWeight)
        .setPauseMillis(shift.pause().toMillis())
        .setAnalysis(analysis == null ? null : PlanCodec.record(analysis))
        .build();
  }
}
