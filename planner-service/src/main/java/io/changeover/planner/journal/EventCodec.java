package io.changeover.planner.journal;

import io.changeover.messages.HoldView;
import io.changeover.messages.RefusalView;
import io.changeover.planner.core.Hold;
import io.changeover.planner.core.Refusal;
import io.changeover.planner.core.UpgradeEvent;
import java.util.List;

/// Events as records. The type is the event's own name; [EventReader] reads them back.
final class EventCodec {
  private EventCodec() {}

  static io.changeover.messages.UpgradeEvent record(UpgradeEvent event) {
    var record =
        io.changeover.messages.UpgradeEvent.newBuilder()
            .setType(event.getClass().getSimpleName())
            .setAt(event.at());
    return fill(record, event).build();
  }

  private static io.changeover.messages.UpgradeEvent.Builder fill(
      io.changeover.messages.UpgradeEvent.Builder record, UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.UpgradeStarted e ->
          record
              .setUpgrade(e.upgrade().value())
              .setCluster(e.cluster().value())
              .setPlan(PlanCodec.record(e.plan()))
              .setBy(e.by())
              .setReason(e.reason());
      case UpgradeEvent.StartRefused e ->
          record
              .setUpgrade(e.upgrade().value())
              .setCluster(e.cluster().value())
              .setBy(e.by())
              .setRefusals(refusals(e.refusals()));
      case UpgradeEvent.RequestRefused e ->
          record.setBy(e.by()).setRefusals(refusals(List.of(e.refusal())));
      case UpgradeEvent.ReportRefused e ->
          record
              .setPhase(e.phase())
              .setAttempt(e.attempt())
              .setWorker(e.worker())
              .setRefusals(refusals(List.of(e.refusal())));
      case UpgradeEvent.UpgradeAdmitted _,
          UpgradeEvent.PointOfNoReturnPassed _,
          UpgradeEvent.UpgradeFinished _ ->
          record;
      case UpgradeEvent.HopCompleted e -> record.setHop(e.hop());
      case UpgradeEvent.UpgradeCancelled e -> record.setBy(e.by()).setReason(e.reason());
      case UpgradeEvent.UpgradePaused e -> record.setBy(e.by()).setReason(e.reason());
      case UpgradeEvent.UpgradeResumed e -> record.setBy(e.by()).setReason(e.reason());
      case UpgradeEvent.HoldReleased e -> record.setBy(e.by()).setReason(e.reason());
      case UpgradeEvent.UpgradeHeld e -> record.setHold(hold(e.hold()));
      case UpgradeEvent.UpgradeRolledBack e -> record.setLeftPending(e.leftPending());
      case UpgradeEvent.RollbackStarted e ->
          record.setBy(e.by()).setReason(e.cause()).setPhases(e.phases());
      case UpgradeEvent.OfPhase e -> phase(record, e);
      case UpgradeEvent.OfGate e -> gate(record, e);
    };
  }

  private static io.changeover.messages.UpgradeEvent.Builder phase(
      io.changeover.messages.UpgradeEvent.Builder record, UpgradeEvent.OfPhase event) {
    return switch (event) {
      case UpgradeEvent.PhaseCommanded e ->
          record
              .setPhase(e.phase())
              .setAttempt(e.attempt())
              .setOrder(e.order())
              .setDeadline(e.deadline())
              .setHeartbeatBy(e.heartbeatBy());
      case UpgradeEvent.PhaseStarted e ->
          record
              .setPhase(e.phase())
              .setAttempt(e.attempt())
              .setWorker(e.worker())
              .setHeartbeatBy(e.heartbeatBy());
      case UpgradeEvent.HeartbeatSeen e -> record.setHeartbeatBy(e.heartbeatBy());
      case UpgradeEvent.PhaseCompleted e ->
          record.setPhase(e.phase()).setAttempt(e.attempt()).setFacts(PlanCodec.facts(e.facts()));
      case UpgradeEvent.PhaseFailed e ->
          record
              .setPhase(e.phase())
              .setAttempt(e.attempt())
              .setKind(e.kind().name())
              .setReason(e.reason())
              .setExpected(e.expected())
              .setRemedy(e.remedy());
      case UpgradeEvent.AttemptLost e ->
          record.setPhase(e.phase()).setAttempt(e.attempt()).setReason(e.reason());
      case UpgradeEvent.RetryScheduled e ->
          record.setPhase(e.phase()).setAttempt(e.attempt()).setDue(e.due());
    };
  }

  private static io.changeover.messages.UpgradeEvent.Builder gate(
      io.changeover.messages.UpgradeEvent.Builder record, UpgradeEvent.OfGate event) {
    return switch (event) {
      case UpgradeEvent.GateOpened e ->
          record.setGate(e.gate()).setKind(e.kind().name()).setDeadline(e.deadline());
      case UpgradeEvent.GatePassed e ->
          record.setGate(e.gate()).setBy(e.by()).setReason(e.reason());
      case UpgradeEvent.GateRejected e ->
          record.setGate(e.gate()).setBy(e.by()).setReason(e.reason());
    };
  }

  static List<RefusalView> refusals(List<Refusal> refusals) {
    return refusals.stream()
        .map(
            refusal ->
                new RefusalView(
                    refusal.reason().name(), refusal.expected(), refusal.got(), refusal.remedy()))
        .toList();
  }

  static HoldView hold(Hold hold) {
    return HoldView.newBuilder()
        .setCause(hold.cause().name())
        .setReason(hold.reason())
        .setExpected(hold.expected())
        .setRemedy(hold.remedy())
        .setAt(hold.at())
        .setAttempt(hold.attempt())
        .setSince(hold.since())
        .build();
  }
}
