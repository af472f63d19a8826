package io.changeover.planner.shell;

import io.changeover.messages.ClusterView;
import io.changeover.planner.core.Effect;
import io.changeover.planner.core.Refusal;
import io.changeover.planner.core.Report;
import io.changeover.planner.core.UpgradeDecider;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.planner.journal.SealedEntry;
import io.changeover.planner.port.Clusters;
import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Outgoing;
import io.changeover.schemas.CloudEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the core, and turns its answer into a journal line. Here, and nowhere else, an upgrade
/// whose state does not fold or whose rules broke is set aside.
final class Judge {
  /// The stage of an upgrade that waits for admission.
  static final String QUEUED = "queued";

  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  private static final Duration SNOOZE = Duration.ofSeconds(30);

  private final UpgradeDecider decider = new UpgradeDecider();
  private final Clusters clusters;
  private final InstantSource clock;

  Judge(Clusters clusters, InstantSource clock) {
    this.clusters = clusters;
    this.clock = clock;
  }

  UpgradeState initial() {
    return decider.initial();
  }

  /// Decides on a report; false when the upgrade had to be set aside.
  boolean report(OpenUpgrade upgrade, Received.Report received) {
    var report = received.report();
    return judge(
        upgrade,
        new Question(
            JournalCodec.REPORT,
            report.getId(),
            report,
            null,
            CloudEvents.header(received.record().headers(), CloudEvents.TRACEPARENT)));
  }

  /// Decides on a request; false when the upgrade had to be set aside.
  ///
  /// @param running the upgrade of the cluster that has not ended, or null
  boolean request(OpenUpgrade upgrade, Received.Request received, @Nullable OpenUpgrade running) {
    return judge(
        upgrade,
        new Question(
            JournalCodec.REQUEST,
            received.id(),
            received.message(),
            Desk.opens(received.message()) ? view(received.cluster(), running) : null,
            CloudEvents.header(received.record().headers(), CloudEvents.TRACEPARENT)));
  }

  private @Nullable ClusterView view(String cluster, @Nullable OpenUpgrade running) {
    return clusters
        .find(cluster)
        .map(
            view ->
                ClusterView.newBuilder(view)
                    .setRunningUpgrade(running == null ? null : running.id())
                    .build())
        .orElse(null);
  }

  /// Fires the timer, if the state itself says that something is due by now.
  void timer(OpenUpgrade upgrade) {
    Instant now = now(upgrade);
    try {
      Instant due = state(upgrade).due().orElse(null);
      if (due == null || due.isAfter(now)) {
        upgrade.snooze(due);
        return;
      }
    } catch (RuntimeException e) {
      setAside(upgrade, e);
      return;
    }
    long before = upgrade.version();
    var id = "timer/%s/%d".formatted(upgrade.id(), before + 1);
    if (judge(upgrade, new Question(JournalCodec.TIMER, id, null, null, null))
        && upgrade.version() == before) {
      LOG.error(
          "Expected upgrade {} of cluster {} to do something at its due time in stage {}, but it did"
              + " not; looking again in {}",
          upgrade.id(),
          upgrade.cluster(),
          upgrade.stage(),
          SNOOZE);
      upgrade.snooze(now.plus(SNOOZE));
    }
  }

  /// Lets a queued upgrade go.
  void admit(OpenUpgrade upgrade) {
    var id = "admission/%s/%d".formatted(upgrade.id(), upgrade.version() + 1);
    judge(upgrade, new Question(JournalCodec.ADMISSION, id, null, null, null));
  }

  /// One input, before the core sees it.
  private record Question(
      String kind,
      String id,
      @Nullable SpecificRecord message,
      @Nullable ClusterView cluster,
      @Nullable String traceparent) {}

  private boolean judge(OpenUpgrade upgrade, Question question) {
    try {
      decide(upgrade, question);
      return true;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      setAside(upgrade, e);
      return false;
    }
  }

  private static void setAside(OpenUpgrade upgrade, Throwable e) {
    LOG.error(
        "Upgrade {} of cluster {} breaks at entry {}: quarantined",
        upgrade.id(),
        upgrade.cluster(),
        upgrade.version() + 1,
        e);
    upgrade.setAside(e.getClass().getSimpleName() + ": " + e.getMessage());
  }

  private void decide(OpenUpgrade upgrade, Question question) {
    Instant at = now(upgrade);
    long seed = ThreadLocalRandom.current().nextLong();
    var id = new UpgradeId(upgrade.id());
    UpgradeInput input =
        JournalCodec.input(
            question.kind(), question.id(), at, seed, question.message(), question.cluster(), id);
    UpgradeState state = state(upgrade);
    List<UpgradeEvent> events = decider.decide(state, input);
    if (events.isEmpty()) {
      return;
    }
    var effects = new ArrayList<Effect>();
    for (UpgradeEvent event : events) {
      state = decider.evolve(state, event);
      effects.addAll(decider.react(state, event));
    }
    var recorded =
        JournalCodec.recorded(
            question.kind(),
            question.id(),
            at,
            seed,
            question.message(),
            question.cluster(),
            question.traceparent() == null ? "" : question.traceparent());
    write(upgrade, input, state, events, effects, recorded);
  }

  private static void write(
      OpenUpgrade upgrade,
      UpgradeInput input,
      UpgradeState next,
      List<UpgradeEvent> events,
      List<Effect> effects,
      io.changeover.messages.RecordedInput recorded) {
    var trace = Trace.of(recorded.getTraceparent(), upgrade.id());
    long seq = upgrade.version() + 1;
    var sealed =
        SealedEntry.seal(
            new UpgradeId(upgrade.id()),
            upgrade.cluster(),
            seq,
            recorded,
            JournalCodec.events(events),
            upgrade.hash());
    var commands = effects.stream().map(effect -> command(effect, input.at(), trace)).toList();
    var line =
        new JournalLine(
            upgrade.lane(),
            upgrade.id(),
            seq,
            upgrade.cluster(),
            input.at(),
            sealed.bytes(),
            commands);
    var decision = decision(upgrade, seq, recorded.getKind(), input, next, events, trace);
    upgrade.advance(next, JournalCodec.snapshot(next), sealed.hash(), line, decision);
  }

  private static Outgoing command(Effect effect, Instant at, Trace trace) {
    SpecificRecord message = JournalCodec.command(effect);
    var upgrade = String.valueOf(message.get(message.getSchema().getField("upgrade").pos()));
    var headers =
        CloudEvents.headers(
            message, effect.id(), upgrade, "/planner", at, trace.traceparent(effect.id()));
    return new Outgoing(
        JournalCodec.topic(effect), headers, io.changeover.schemas.Codec.encode(message));
  }

  private static Decision decision(
      OpenUpgrade upgrade,
      long seq,
      String kind,
      UpgradeInput input,
      UpgradeState next,
      List<UpgradeEvent> events,
      Trace trace) {
    String at = next instanceof UpgradeState.Known known ? known.at() : "";
    boolean report = input instanceof Report;
    return new Decision(
        upgrade.id(),
        upgrade.cluster(),
        seq,
        kind,
        input.id(),
        events.stream().map(event -> event.getClass().getSimpleName()).toList(),
        events.stream().flatMap(event -> refusals(event).stream()).map(Judge::name).toList(),
        next.stage(),
        input instanceof Report r ? r.phase() : at.isEmpty() ? null : at,
        report ? ((Report) input).attempt() : attempt(next),
        trace.id());
  }

  private static int attempt(UpgradeState state) {
    return state instanceof UpgradeState.Working working ? working.turn().attempt() : 0;
  }

  private static List<Refusal> refusals(UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.StartRefused refused -> refused.refusals();
      case UpgradeEvent.RequestRefused refused -> List.of(refused.refusal());
      case UpgradeEvent.ReportRefused refused -> List.of(refused.refusal());
      default -> List.of();
    };
  }

  private static String name(Refusal refusal) {
    return refusal.reason().name().toLowerCase(Locale.ROOT);
  }

  private static UpgradeState state(OpenUpgrade upgrade) {
    UpgradeState state = upgrade.state();
    if (state == null) {
      state = JournalCodec.state(upgrade.data());
      upgrade.decoded(state);
    }
    return state;
  }

  /// The planners' clocks may differ; an upgrade's time never runs backwards.
  private Instant now(OpenUpgrade upgrade) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(upgrade.changedAt()) ? upgrade.changedAt() : now;
  }
}
