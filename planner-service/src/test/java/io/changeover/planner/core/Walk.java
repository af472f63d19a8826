package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.journal.JournalCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One upgrade in a world that does everything wrong, from one seed: reports come late, twice, out
/// of order or never; people ask for things at the wrong time; the planner crashes between any two
/// inputs. After every step the invariants hold, and folding the events gives the state.
final class Walk {
  private static final UpgradeDecider DECIDER = new UpgradeDecider();

  private final Random random;
  private final Course course;
  private final SimulatedCluster world;
  private final List<UpgradeEvent> events = new ArrayList<>();
  private final List<Report> underWay = new ArrayList<>();
  private final Set<String> commands = new HashSet<>();
  private UpgradeState state = DECIDER.initial();
  private Instant now = Journey.T0;
  private long lastOrder;
  private int inputs;

  Walk(long seed, Course course) {
    this.random = new Random(seed);
    this.course = course;
    this.world = new SimulatedCluster(random, course != Course.INSTALL);
  }

  /// Walks at random, then lets everybody behave until the upgrade ends.
  UpgradeState run(int steps) {
    feed(course.asks(random));
    for (int i = 0; i < steps; i++) {
      feed(anything());
    }
    for (int i = 0; i < 400 && !state.ended(); i++) {
      feed(sensible());
    }
    assertThat(state.ended()).as("ends once everybody behaves: %s", state).isTrue();
    return state;
  }

  private UpgradeInput anything() {
    now = now.plusMillis(random.nextInt(20_000));
    world.goesOn();
    int dice = random.nextInt(100);
    if (dice < 55 && !underWay.isEmpty()) {
      return delivered();
    }
    if (dice < 65) {
      now = state.due().filter(due -> due.isAfter(now)).orElse(now);
      return new UpgradeInput.TimerFired(id(), now, random.nextLong());
    }
    if (dice < 72) {
      return admitted();
    }
    if (dice < 85 && state instanceof UpgradeState.Working working) {
      return working.turn() instanceof Turn.Outstanding ? answered(working) : admitted();
    }
    return asked();
  }

  /// A report that is under way: taken, or left there to come again.
  private Report delivered() {
    int which = random.nextInt(underWay.size());
    Report report = random.nextInt(4) == 0 ? underWay.get(which) : underWay.remove(which);
    return new Report(
        report.id(),
        now,
        random.nextLong(),
        report.cluster(),
        report.phase(),
        report.attempt(),
        report.worker(),
        report.kind(),
        report.facts(),
        report.blockers(),
        report.failure());
  }

  private Report answered(UpgradeState.Working working) {
    Phase phase = working.phase();
    ReportKind kind = oneOf(ReportKind.values());
    FailureKind failure =
        random.nextInt(3) == 0 ? oneOf(FailureKind.values()) : FailureKind.RETRYABLE;
    boolean proven = kind == ReportKind.COMPLETED && random.nextInt(20) > 0;
    SortedMap<String, String> facts = proven ? world.does(working.run(), phase) : new TreeMap<>();
    return new Report(
        id(),
        now,
        random.nextLong(),
        Journey.CLUSTER,
        phase.name(),
        working.turn().attempt(),
        "w",
        kind,
        facts,
        List.of(),
        kind == ReportKind.FAILED ? new Report.Failure(failure, "broke", "whole", "mend") : null);
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private UpgradeInput asked() {
    String gate = state instanceof UpgradeState.Waiting waiting ? waiting.gate().name() : "confirm";
    return switch (random.nextInt(14)) {
      case 0 -> abort();
      case 1, 2 -> new Request.Pause(id(), now, 1, Journey.UPGRADE, Journey.CLUSTER, "bob", "");
      case 3, 4, 5 -> resume();
      case 6, 7, 8 -> retry();
      case 9 -> answer(gate, "REJECTED");
      case 10, 11, 12 -> answer(gate, "APPROVED");
      default -> Inventories.start(ask -> ask);
    };
  }

  private UpgradeInput sensible() {
    now = now.plusSeconds(1);
    world.goesOn();
    return switch (state) {
      case UpgradeState.Waiting waiting -> answer(waiting.gate().name(), "APPROVED");
      case UpgradeState.Standing _ -> afterHold();
      case UpgradeState.Paused _ -> resume();
      case UpgradeState.Working working ->
          switch (working.turn()) {
            case Turn.Outstanding out -> proof(working, out);
            case Turn.Ready _ -> throw new AssertionError("rests on " + state);
            case Turn.BackingOff backingOff -> {
              now = backingOff.until();
              yield new UpgradeInput.TimerFired(id(), now, 1);
            }
          };
      case UpgradeState.NotStarted _, UpgradeState.Queued _, UpgradeState.Ended _ -> admitted();
    };
  }

  /// What was copied of another configuration cannot be mended, only copied again.
  private Request afterHold() {
    return state instanceof UpgradeState.Reversible && world.spoilt() ? abort() : retry();
  }

  private Report proof(UpgradeState.Working working, Turn.Outstanding out) {
    SortedMap<String, String> facts = world.does(working.run(), working.phase());
    return new Report(
        id(),
        now,
        1,
        Journey.CLUSTER,
        working.phase().name(),
        out.attempt(),
        "w",
        ReportKind.COMPLETED,
        facts,
        List.of(),
        null);
  }

  private void feed(UpgradeInput input) {
    List<UpgradeEvent> decided = DECIDER.decide(state, input);
    assertThat(DECIDER.decide(state, input)).isEqualTo(decided);
    for (UpgradeEvent event : decided) {
      world.sees(event, state);
      state = DECIDER.evolve(state, event);
      events.add(event);
      DECIDER.react(state, event).forEach(this::sent);
    }
    if (input instanceof Report report && random.nextInt(3) == 0) {
      underWay.add(report);
    }
    holds();
    if (random.nextInt(10) == 0) {
      crash();
    }
  }

  private void sent(Effect effect) {
    long order =
        switch (effect) {
          case Effect.SendCommand command -> command.order();
          case Effect.SendRunbook runbook -> runbook.order();
        };
    assertThat(order).as("order rises").isGreaterThan(lastOrder);
    assertThat(commands.add(effect.id())).as("%s is sent once", effect.id()).isTrue();
    lastOrder = order;
    UpgradeState.Working working = (UpgradeState.Working) state;
    world.asked(working.run().current().procedure(), working.phase());
  }

  /// Invariant 6, and that nothing rests between two events.
  private void holds() {
    boolean waitsOnPerson =
        state instanceof UpgradeState.Standing
            || state instanceof UpgradeState.Waiting
            || state instanceof UpgradeState.Paused;
    assertThat(state.ended() || waitsOnPerson || state.due().isPresent())
        .as("ends, or waits on a name or a time: %s", state)
        .isTrue();
    assertThat(state.counted()).isEqualTo(!state.ended() && !waitsOnPerson && !queued());
  }

  private boolean queued() {
    return state instanceof UpgradeState.Queued;
  }

  /// Invariant 7: what is left after a crash is the stored bytes, and the journal gives the same.
  private void crash() {
    byte[] stored = JournalCodec.snapshot(state);
    UpgradeState folded = DECIDER.fold(DECIDER.initial(), events);
    assertThat(folded).isEqualTo(state);
    assertThat(JournalCodec.snapshot(folded)).isEqualTo(stored);
    state = JournalCodec.state(stored);
    assertThat(state).isEqualTo(folded);
  }

  private UpgradeInput admitted() {
    return new UpgradeInput.Admitted(id(), now, random.nextLong());
  }

  private Request abort() {
    return new Request.Abort(id(), now, 1, Journey.UPGRADE, Journey.CLUSTER, "eve", "");
  }

  private Request retry() {
    return new Request.Retry(id(), now, 1, Journey.UPGRADE, Journey.CLUSTER, "bob", "");
  }

  private Request resume() {
    return new Request.Resume(id(), now, 1, Journey.UPGRADE, Journey.CLUSTER, "bob", "");
  }

  private Request answer(String gate, String word) {
    return new Request.Answer(
        id(), now, 1, Journey.UPGRADE, Journey.CLUSTER, "bob", "", gate, word);
  }

  private String id() {
    inputs++;
    return "i-" + inputs;
  }

  /// How long a walk took in its own time; for the curious.
  Duration length() {
    return Duration.between(Journey.T0, now);
  }
}
