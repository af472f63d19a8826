package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Given what happened, when an input comes, then this is decided. Remembers every state × input
/// cell that was looked at, for the closing test.
final class Scenario {
  private static final Set<String> VISITED = new ConcurrentSkipListSet<>();

  private final UpgradeDecider decider = new UpgradeDecider();
  private final UpgradeState before;
  private UpgradeState after;
  private List<UpgradeEvent> decided = List.of();
  private List<Effect> effects = List.of();

  private Scenario(UpgradeState before) {
    this.before = before;
    this.after = before;
  }

  static Set<String> visited() {
    return Set.copyOf(VISITED);
  }

  static String cell(Class<?> state, Class<?> input) {
    return state.getSimpleName() + " × " + input.getSimpleName();
  }

  static Scenario given(List<UpgradeEvent> events) {
    UpgradeDecider decider = new UpgradeDecider();
    return new Scenario(decider.fold(decider.initial(), events));
  }

  static Scenario given(Journey journey) {
    return given(journey.events());
  }

  Scenario when(UpgradeInput input) {
    VISITED.add(cell(before.getClass(), input.getClass()));
    decided = decider.decide(before, input);
    List<Effect> sent = new ArrayList<>();
    for (UpgradeEvent event : decided) {
      after = decider.evolve(after, event);
      sent.addAll(decider.react(after, event));
    }
    effects = sent;
    return this;
  }

  Scenario then(UpgradeEvent... events) {
    assertThat(decided).containsExactly(events);
    return this;
  }

  Scenario thenTypes(Class<?>... types) {
    List<Class<?>> got = decided.stream().<Class<?>>map(Object::getClass).toList();
    assertThat(got).containsExactly(types);
    return this;
  }

  Scenario thenNothing() {
    assertThat(decided).isEmpty();
    assertThat(after).isEqualTo(before);
    return this;
  }

  Scenario thenRefused(RefusalReason reason) {
    assertThat(decided).hasSize(1);
    Refusal refusal = refusal(decided.getFirst());
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.sentence()).startsWith("Expected ").contains(", but ").endsWith(".");
    assertThat(after).isEqualTo(before);
    assertThat(effects).isEmpty();
    return this;
  }

  Scenario saying(String... words) {
    assertThat(refusal(decided.getFirst()).sentence()).contains(words);
    return this;
  }

  Scenario thenHeld(HoldCause cause) {
    assertThat(after).isInstanceOf(UpgradeState.Standing.class);
    assertThat(((UpgradeState.Standing) after).hold().cause()).isEqualTo(cause);
    assertThat(effects).isEmpty();
    return this;
  }

  Scenario andEffects(String... ids) {
    assertThat(effects).extracting(Effect::id).containsExactly(ids);
    return this;
  }

  Scenario andStage(String stage) {
    assertThat(after.stage()).isEqualTo(stage);
    return this;
  }

  UpgradeState state() {
    return after;
  }

  List<UpgradeEvent> decided() {
    return decided;
  }

  List<Effect> effects() {
    return effects;
  }

  private static Refusal refusal(UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.RequestRefused refused -> refused.refusal();
      case UpgradeEvent.ReportRefused refused -> refused.refusal();
      default -> throw new AssertionError("Expected a refusal, but got " + event);
    };
  }
}
