package io.changeover.planner.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Drives one upgrade to where a test wants it, and makes the inputs that fit there.
final class Journey {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  static final UpgradeId UPGRADE = new UpgradeId("u-1");
  static final ClusterName CLUSTER = new ClusterName("payments-eu");

  private final UpgradeDecider decider = new UpgradeDecider();
  private final List<UpgradeEvent> events = new ArrayList<>();
  private UpgradeState state = decider.initial();
  private Instant now = T0;
  private int inputs;

  static Journey nowhere() {
    return new Journey();
  }

  static Journey queued() {
    return queued(draft -> draft);
  }

  static Journey queued(UnaryOperator<Inventories.Draft> change) {
    Journey journey = new Journey();
    journey.feed(Inventories.startOf(change));
    return journey;
  }

  static Journey admitted() {
    return queued().admit();
  }

  static Journey to(String step) {
    return admitted().until(step);
  }

  static Journey to(String step, UnaryOperator<Inventories.Draft> change) {
    return queued(change).admit().until(step);
  }

  /// The upgrade at every stage, one for each state.
  static Journey stage(String stage) {
    return stage(stage, null);
  }

  /// The same where a keyspace is copied; its last gate stands right before the point of no return,
  /// as on a shared datastore.
  static Journey stage(String stage, @Nullable Way way) {
    UnaryOperator<Inventories.Draft> draft =
        way == null
            ? usual -> usual
            : usual ->
                usual
                    .copying(way)
                    .gates(
                        Inventories.gate("confirm", "drain-blue", null),
                        Inventories.gate("last", "stop-blue", null));
    String early = way == null ? "migrate-up" : "freeze-admin";
    String gate = way == null ? "confirm" : "last";
    String late = way == null ? "migrate-finish" : "stop-blue";
    return switch (stage) {
      case "not-started" -> nowhere();
      case "queued" -> queued(draft);
      case "advancing" -> to(early, draft);
      case "at-gate" -> to(gate, draft);
      case "paused" -> to(early, draft).with(Journey::pause);
      case "held" -> to(early, draft).with(j -> j.failed(FailureKind.FATAL));
      case "rolling-back" -> to("shift-25", draft).with(Journey::abort);
      case "rollback-held" ->
          to("shift-25", draft).with(Journey::abort).with(j -> j.failed(FailureKind.FATAL));
      case "completing" -> to(late, draft);
      case "completing-at-gate" ->
          to(
              "open?",
              usual -> draft.apply(usual).gates(Inventories.gate("open?", "open-admin", null)));
      case "held-committed" -> to(late, draft).with(j -> j.failed(FailureKind.FATAL));
      case "finished" -> queued(draft).admit().untilEnded();
      case "rolled-back" -> to("shift-25", draft).with(Journey::abort).untilEnded();
      case "cancelled" -> queued(draft).with(Journey::abort);
      case "refused" -> {
        Journey journey = nowhere();
        journey.feed(Inventories.start(ask -> ask.to("9.9.9")));
        yield journey;
      }
      default -> throw new IllegalArgumentException(stage);
    };
  }

  UpgradeState state() {
    return state;
  }

  List<UpgradeEvent> events() {
    return List.copyOf(events);
  }

  Instant now() {
    return now;
  }

  Journey later(Duration wait) {
    now = now.plus(wait);
    return this;
  }

  List<UpgradeEvent> feed(UpgradeInput input) {
    List<UpgradeEvent> decided = decider.decide(state, input);
    state = decider.fold(state, decided);
    events.addAll(decided);
    return decided;
  }

  /// Takes an event that nobody decided.
  void take(UpgradeEvent event) {
    state = decider.evolve(state, event);
    events.add(event);
  }

  Journey with(Function<Journey, UpgradeInput> input) {
    feed(input.apply(this));
    return this;
  }

  Journey admit() {
    return with(Journey::room);
  }

  UpgradeInput room() {
    return new UpgradeInput.Admitted(id("admission"), now, 7);
  }

  Journey complete() {
    return with(Journey::completed);
  }

  /// Completes phases and passes gates until that step is at the cursor.
  Journey until(String step) {
    for (int i = 0; i < 100 && !known().at().equals(step); i++) {
      next();
    }
    if (!known().at().equals(step)) {
      throw new AssertionError("never came to " + step + " but to " + state);
    }
    return this;
  }

  Journey untilEnded() {
    for (int i = 0; i < 100 && !state.ended(); i++) {
      next();
    }
    return this;
  }

  private void next() {
    later(Duration.ofSeconds(1));
    if (state instanceof UpgradeState.Waiting waiting) {
      feed(answer(waiting.gate().name(), "APPROVED"));
    } else {
      complete();
    }
  }

  UpgradeState.Known known() {
    return (UpgradeState.Known) state;
  }

  UpgradeState.Working working() {
    return (UpgradeState.Working) state;
  }

  Turn.Outstanding outstanding() {
    return (Turn.Outstanding) working().turn();
  }

  UpgradeInput timer() {
    return new UpgradeInput.TimerFired(id("timer"), now, 7);
  }

  Request.Start start() {
    return Inventories.start(ask -> ask);
  }

  Request.Answer answer(String gate, String answer) {
    return new Request.Answer(
        id("request"), now, 7, UPGRADE, CLUSTER, "bob", "looks fine", gate, answer);
  }

  Request.Pause pause() {
    return new Request.Pause(id("request"), now, 7, UPGRADE, CLUSTER, "bob", "lunch");
  }

  Request.Resume resume() {
    return new Request.Resume(id("request"), now, 7, UPGRADE, CLUSTER, "bob", "back");
  }

  Request.Abort abort() {
    return new Request.Abort(id("request"), now, 7, UPGRADE, CLUSTER, "bob", "wrong day");
  }

  Request.Retry retry() {
    return new Request.Retry(id("request"), now, 7, UPGRADE, CLUSTER, "bob", "mended");
  }

  Report completed() {
    return completed(Evidences.of(working().run(), working().phase()));
  }

  Report completed(SortedMap<String, String> facts) {
    return report(ReportKind.COMPLETED, facts, null);
  }

  Report started() {
    return report(ReportKind.STARTED, new TreeMap<>(), null);
  }

  Report progress() {
    return report(ReportKind.PROGRESS, new TreeMap<>(), null);
  }

  Report unknown() {
    return report(ReportKind.UNKNOWN, new TreeMap<>(), null);
  }

  Report failed(FailureKind kind) {
    return report(
        ReportKind.FAILED,
        new TreeMap<>(),
        new Report.Failure(kind, "it broke", "it whole", "mend it"));
  }

  Report report(
      ReportKind kind, SortedMap<String, String> facts, Report.@Nullable Failure failure) {
    return report(
        CLUSTER, working().phase().name(), working().turn().attempt(), kind, facts, failure);
  }

  Report report(
      ClusterName cluster,
      String phase,
      int attempt,
      ReportKind kind,
      SortedMap<String, String> facts,
      Report.@Nullable Failure failure) {
    return new Report(
        id("report"), now, 7, cluster, phase, attempt, "worker-a", kind, facts, List.of(), failure);
  }

  /// A report that belongs to nothing here.
  Report stray(String phase, int attempt) {
    return report(CLUSTER, phase, attempt, ReportKind.COMPLETED, new TreeMap<>(), null);
  }

  private String id(String kind) {
    inputs++;
    return kind + "-" + inputs;
  }
}
