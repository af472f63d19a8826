package io.changeover.planner.journal;

import io.changeover.messages.EvidenceView;
import io.changeover.messages.TurnView;
import io.changeover.messages.UpgradeSnapshot;
import io.changeover.planner.core.Evidence;
import io.changeover.planner.core.OpenGate;
import io.changeover.planner.core.Retreat;
import io.changeover.planner.core.Run;
import io.changeover.planner.core.Turn;
import io.changeover.planner.core.UpgradeState;

/// States as records; [SnapshotReader] reads them back. Equal states give equal records.
final class SnapshotCodec {
  private SnapshotCodec() {}

  static UpgradeSnapshot record(UpgradeState state) {
    var record = UpgradeSnapshot.newBuilder().setStage(state.stage());
    return switch (state) {
      case UpgradeState.NotStarted _ -> record.build();
      case UpgradeState.Refused s ->
          record
              .setUpgrade(s.upgrade().value())
              .setCluster(s.cluster().value())
              .setEndedAt(s.endedAt())
              .setRefusals(EventCodec.refusals(s.refusals()))
              .build();
      case UpgradeState.Planned s -> fill(run(record, s.run()), s).build();
    };
  }

  private static UpgradeSnapshot.Builder fill(
      UpgradeSnapshot.Builder record, UpgradeState.Planned state) {
    return switch (state) {
      case UpgradeState.Queued _ -> record;
      case UpgradeState.Advancing s -> record.setTurn(turn(s.turn()));
      case UpgradeState.Paused s -> record.setTurn(turn(s.turn()));
      case UpgradeState.Completing s -> record.setTurn(turn(s.turn()));
      case UpgradeState.AtGate s -> gate(record, s.gate());
      case UpgradeState.CompletingAtGate s -> gate(record, s.gate());
      case UpgradeState.Held s -> record.setHold(EventCodec.hold(s.hold()));
      case UpgradeState.HeldCommitted s -> record.setHold(EventCodec.hold(s.hold()));
      case UpgradeState.RollingBack s -> retreat(record, s.retreat()).setTurn(turn(s.turn()));
      case UpgradeState.RollbackHeld s ->
          retreat(record, s.retreat()).setHold(EventCodec.hold(s.hold()));
      case UpgradeState.Finished s -> record.setEndedAt(s.endedAt());
      case UpgradeState.RolledBack s ->
          record.setEndedAt(s.endedAt()).setCause(s.cause()).setLeftPending(s.leftPending());
      case UpgradeState.Cancelled s -> record.setEndedAt(s.endedAt()).setBy(s.by());
    };
  }

  private static UpgradeSnapshot.Builder run(UpgradeSnapshot.Builder record, Run run) {
    return record
        .setUpgrade(run.upgrade().value())
        .setCluster(run.cluster().value())
        .setStartedAt(run.startedAt())
        .setPlan(SnapshotReader.PLANS.of(run.plan()))
        .setHop(run.hop())
        .setPosition(run.position())
        .setCommanded(run.commanded())
        .setOrder(run.order())
        .setEvidence(evidence(run.evidence()));
  }

  private static EvidenceView evidence(Evidence evidence) {
    return EvidenceView.newBuilder()
        .setWeightGreen(evidence.weightGreen())
        .setTrafficOnGreen(evidence.trafficOnGreen())
        .setSoaked(evidence.soaked())
        .setBlueStopped(evidence.blueStopped())
        .setAdminOpen(evidence.adminOpen())
        .setSchemaState(evidence.schema())
        .setGatesPassed(evidence.gatesPassed())
        .setCopy(CopiedCodec.record(evidence.copied()))
        .setSeen(SeenCodec.record(evidence.seen()))
        .build();
  }

  private static TurnView turn(Turn turn) {
    var record = TurnView.newBuilder().setAttempt(turn.attempt()).setTries(turn.tries());
    return switch (turn) {
      case Turn.Ready _ -> record.setKind(SnapshotReader.READY).build();
      case Turn.Outstanding out ->
          record
              .setKind(SnapshotReader.OUTSTANDING)
              .setOrder(out.order())
              .setStarted(out.started())
              .setCommandedAt(out.commandedAt())
              .setDeadline(out.deadline())
              .setHeartbeatBy(out.heartbeatBy())
              .build();
      case Turn.BackingOff backingOff ->
          record.setKind(SnapshotReader.BACKING_OFF).setDue(backingOff.until()).build();
    };
  }

  private static UpgradeSnapshot.Builder gate(UpgradeSnapshot.Builder record, OpenGate gate) {
    return record
        .setGate(gate.name())
        .setGateKind(gate.kind().name())
        .setGateDeadline(gate.deadline())
        .setGateAttempt(gate.attempt());
  }

  private static UpgradeSnapshot.Builder retreat(UpgradeSnapshot.Builder record, Retreat retreat) {
    return record
        .setRollback(retreat.phases())
        .setRollbackPosition(retreat.position())
        .setCause(retreat.cause());
  }
}
