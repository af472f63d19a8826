package io.changeover.planner.journal;

import io.changeover.messages.EvidenceView;
import io.changeover.messages.TurnView;
import io.changeover.messages.UpgradeSnapshot;
import io.changeover.planner.core.ClusterName;
import io.changeover.planner.core.Evidence;
import io.changeover.planner.core.Hold;
import io.changeover.planner.core.OpenGate;
import io.changeover.planner.core.Retreat;
import io.changeover.planner.core.Run;
import io.changeover.planner.core.Turn;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// States from records: the other direction of [SnapshotCodec].
final class SnapshotReader {
  static final PlanBytes PLANS = new PlanBytes();

  static final String READY = "ready";
  static final String OUTSTANDING = "outstanding";
  static final String BACKING_OFF = "backing-off";

  private final UpgradeSnapshot record;

  private SnapshotReader(UpgradeSnapshot record) {
    this.record = record;
  }

  static UpgradeState state(UpgradeSnapshot record) {
    return new SnapshotReader(record).state();
  }

  private UpgradeState state() {
    return switch (record.getStage()) {
      case "not-started" -> new UpgradeState.NotStarted();
      case "queued" -> new UpgradeState.Queued(run());
      case "advancing" -> new UpgradeState.Advancing(run(), turn());
      case "at-gate" -> new UpgradeState.AtGate(run(), gate());
      case "paused" -> new UpgradeState.Paused(run(), turn());
      case "held" -> new UpgradeState.Held(run(), hold());
      case "rolling-back" -> new UpgradeState.RollingBack(run(), retreat(), turn());
      case "rollback-held" -> new UpgradeState.RollbackHeld(run(), retreat(), hold());
      case "completing" -> new UpgradeState.Completing(run(), turn());
      case "completing-at-gate" -> new UpgradeState.CompletingAtGate(run(), gate());
      case "held-committed" -> new UpgradeState.HeldCommitted(run(), hold());
      default -> ended();
    };
  }

  private UpgradeState ended() {
    Instant at = need("endedAt", record.getEndedAt());
    return switch (record.getStage()) {
      case "finished" -> new UpgradeState.Finished(run(), at);
      case "rolled-back" ->
          new UpgradeState.RolledBack(
              run(),
              at,
              need("cause", record.getCause()),
              need("leftPending", record.getLeftPending()));
      case "cancelled" -> new UpgradeState.Cancelled(run(), at, need("by", record.getBy()));
      case "refused" ->
          new UpgradeState.Refused(
              new UpgradeId(record.getUpgrade()),
              new ClusterName(record.getCluster()),
              at,
              EventReader.refusals(record.getRefusals()));
      default -> throw new UnreadableRecord("the name of a stage", record.getStage());
    };
  }

  private Run run() {
    return new Run(
        new UpgradeId(record.getUpgrade()),
        new ClusterName(record.getCluster()),
        PLANS.plan(need("plan", record.getPlan())),
        need("startedAt", record.getStartedAt()),
        record.getHop(),
        record.getPosition(),
        record.getCommanded(),
        record.getOrder(),
        evidence(need("evidence", record.getEvidence())));
  }

  private static Evidence evidence(EvidenceView view) {
    return new Evidence(
        view.getWeightGreen(),
        view.getTrafficOnGreen(),
        view.getSoaked(),
        view.getBlueStopped(),
        view.getAdminOpen(),
        view.getSchemaState(),
        view.getGatesPassed(),
        CopiedCodec.copied(view.getCopy()),
        SeenCodec.seen(view.getSeen()));
  }

  private Turn turn() {
    TurnView view = need("turn", record.getTurn());
    return switch (view.getKind()) {
      case READY -> new Turn.Ready(view.getAttempt(), view.getTries());
      case OUTSTANDING ->
          new Turn.Outstanding(
              view.getAttempt(),
              view.getTries(),
              need("turn.order", view.getOrder()),
              view.getStarted(),
              need("turn.commandedAt", view.getCommandedAt()),
              need("turn.deadline", view.getDeadline()),
              view.getHeartbeatBy());
      case BACKING_OFF ->
          new Turn.BackingOff(view.getAttempt(), view.getTries(), need("turn.due", view.getDue()));
      default -> throw new UnreadableRecord("the name of a turn", view.getKind());
    };
  }

  private OpenGate gate() {
    return new OpenGate(
        need("gate", record.getGate()),
        EventReader.word(OpenGate.Kind.class, need("gateKind", record.getGateKind())),
        record.getGateDeadline(),
        need("gateAttempt", record.getGateAttempt()));
  }

  private Hold hold() {
    return EventReader.hold(need("hold", record.getHold()));
  }

  private Retreat retreat() {
    return new Retreat(
        record.getRollback(), record.getRollbackPosition(), need("cause", record.getCause()));
  }

  private <T> T need(String field, @Nullable T value) {
    if (value == null) {
      throw new UnreadableRecord(
          field + " in a snapshot of upgrade " + record.getUpgrade() + " " + record.getStage(),
          "nothing");
    }
    return value;
  }
}
