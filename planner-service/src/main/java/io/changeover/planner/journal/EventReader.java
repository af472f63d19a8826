package io.changeover.planner.journal;

import io.changeover.messages.Fact;
import io.changeover.messages.HoldView;
import io.changeover.messages.RefusalView;
import io.changeover.planner.core.ClusterName;
import io.changeover.planner.core.FailureKind;
import io.changeover.planner.core.Hold;
import io.changeover.planner.core.HoldCause;
import io.changeover.planner.core.OpenGate;
import io.changeover.planner.core.Refusal;
import io.changeover.planner.core.RefusalReason;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Events from records: the other direction of [EventCodec]. A field that the type needs and the
/// record lacks makes it unreadable; nothing is guessed.
final class EventReader {
  private final io.changeover.messages.UpgradeEvent record;

  private EventReader(io.changeover.messages.UpgradeEvent record) {
    this.record = record;
  }

  static UpgradeEvent event(io.changeover.messages.UpgradeEvent record) {
    return new EventReader(record).event();
  }

  private UpgradeEvent event() {
    return switch (record.getType()) {
      case "UpgradeStarted" ->
          new UpgradeEvent.UpgradeStarted(
              at(),
              upgrade(),
              cluster(),
              PlanCodec.plan(need("plan", record.getPlan())),
              by(),
              reason());
      case "StartRefused" ->
          new UpgradeEvent.StartRefused(at(), upgrade(), cluster(), by(), refusals());
      case "RequestRefused" -> new UpgradeEvent.RequestRefused(at(), by(), refusal());
      case "ReportRefused" ->
          new UpgradeEvent.ReportRefused(at(), phase(), attempt(), worker(), refusal());
      case "UpgradeAdmitted" -> new UpgradeEvent.UpgradeAdmitted(at());
      case "UpgradeCancelled" -> new UpgradeEvent.UpgradeCancelled(at(), by(), reason());
      case "UpgradePaused" -> new UpgradeEvent.UpgradePaused(at(), by(), reason());
      case "UpgradeResumed" -> new UpgradeEvent.UpgradeResumed(at(), by(), reason());
      case "UpgradeHeld" -> new UpgradeEvent.UpgradeHeld(hold(need("hold", record.getHold())));
      case "HoldReleased" -> new UpgradeEvent.HoldReleased(at(), by(), reason());
      case "RollbackStarted" ->
          new UpgradeEvent.RollbackStarted(at(), reason(), by(), record.getPhases());
      case "UpgradeRolledBack" ->
          new UpgradeEvent.UpgradeRolledBack(at(), need("leftPending", record.getLeftPending()));
      case "PointOfNoReturnPassed" -> new UpgradeEvent.PointOfNoReturnPassed(at());
      case "HopCompleted" -> new UpgradeEvent.HopCompleted(at(), need("hop", record.getHop()));
      case "UpgradeFinished" -> new UpgradeEvent.UpgradeFinished(at());
      default -> ofPhase();
    };
  }

  private UpgradeEvent ofPhase() {
    return switch (record.getType()) {
      case "PhaseCommanded" ->
          new UpgradeEvent.PhaseCommanded(
              at(),
              phase(),
              attempt(),
              need("order", record.getOrder()),
              need("deadline", record.getDeadline()),
              record.getHeartbeatBy());
      case "PhaseStarted" ->
          new UpgradeEvent.PhaseStarted(
              at(), phase(), attempt(), worker(), record.getHeartbeatBy());
      case "HeartbeatSeen" -> new UpgradeEvent.HeartbeatSeen(at(), record.getHeartbeatBy());
      case "PhaseCompleted" -> new UpgradeEvent.PhaseCompleted(at(), phase(), attempt(), facts());
      case "PhaseFailed" ->
          new UpgradeEvent.PhaseFailed(
              at(),
              phase(),
              attempt(),
              word(FailureKind.class, need("kind", record.getKind())),
              reason(),
              need("expected", record.getExpected()),
              need("remedy", record.getRemedy()));
      case "AttemptLost" -> new UpgradeEvent.AttemptLost(at(), phase(), attempt(), reason());
      case "RetryScheduled" ->
          new UpgradeEvent.RetryScheduled(at(), phase(), attempt(), need("due", record.getDue()));
      default -> ofGate();
    };
  }

  private UpgradeEvent ofGate() {
    return switch (record.getType()) {
      case "GateOpened" ->
          new UpgradeEvent.GateOpened(
              at(),
              gate(),
              word(OpenGate.Kind.class, need("kind", record.getKind())),
              record.getDeadline());
      case "GatePassed" -> new UpgradeEvent.GatePassed(at(), gate(), by(), reason());
      case "GateRejected" -> new UpgradeEvent.GateRejected(at(), gate(), by(), reason());
      default -> throw new UnreadableRecord("the name of an event", record.getType());
    };
  }

  private Instant at() {
    return need("at", record.getAt());
  }

  private UpgradeId upgrade() {
    return new UpgradeId(need("upgrade", record.getUpgrade()));
  }

  private ClusterName cluster() {
    return new ClusterName(need("cluster", record.getCluster()));
  }

  private String phase() {
    return need("phase", record.getPhase());
  }

  private int attempt() {
    return need("attempt", record.getAttempt());
  }

  private String worker() {
    return need("worker", record.getWorker());
  }

  private String by() {
    return need("by", record.getBy());
  }

  private String reason() {
    return need("reason", record.getReason());
  }

  private String gate() {
    return need("gate", record.getGate());
  }

  private SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Fact fact : record.getFacts()) {
      facts.put(fact.getName(), fact.getValue());
    }
    return facts;
  }

  private Refusal refusal() {
    List<Refusal> refusals = refusals();
    if (refusals.size() != 1) {
      throw new UnreadableRecord("one refusal in " + record.getType(), refusals.toString());
    }
    return refusals.getFirst();
  }

  private List<Refusal> refusals() {
    return refusals(record.getRefusals());
  }

  static List<Refusal> refusals(List<RefusalView> views) {
    return views.stream()
        .map(
            view ->
                new Refusal(
                    word(RefusalReason.class, view.getReason()),
                    view.getExpected(),
                    view.getGot(),
                    view.getRemedy()))
        .toList();
  }

  static Hold hold(HoldView view) {
    return new Hold(
        word(HoldCause.class, view.getCause()),
        view.getReason(),
        view.getExpected(),
        view.getRemedy(),
        view.getAt(),
        view.getAttempt(),
        view.getSince());
  }

  static <T extends Enum<T>> T word(Class<T> type, String name) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("a " + type.getSimpleName(), e);
    }
  }

  private <T> T need(String field, @Nullable T value) {
    if (value == null) {
      throw new UnreadableRecord(field + " in " + record.getType(), "nothing");
    }
    return value;
  }
}
