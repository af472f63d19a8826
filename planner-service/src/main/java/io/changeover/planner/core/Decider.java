package io.changeover.planner.core;

import java.util.List;

/// A process as three pure functions. Whoever runs one keeps these laws:
///
/// 1. The state is the fold of the events alone: `evolve` over all events of all decisions, in
///    order, beginning with `initial`. Nothing else changes it.
/// 2. `decide` is called once per accepted input; its events and the input are recorded together or
///    not at all. An empty list means that nothing happened and nothing is recorded.
/// 3. `react` is called once per new event, with the state right after that event. Replay never
///    calls it.
/// 4. All time comes from the input's `at`, all chance from its `seed`: the same state and input
///    give the same events for ever.
/// 5. `evolve` throws [BrokenInvariant] on an event that cannot follow the state. That is a fault
///    of ours: set this process aside, alarm, and serve the others.
///
/// @param <S> state
/// @param <I> input
/// @param <E> event
/// @param <F> effect
public interface Decider<S, I, E, F> {
  /// The state before the first event.
  S initial();

  /// What happens when this input meets this state; refusals are events too.
  List<E> decide(S state, I input);

  /// What an event means: the only place where state changes.
  S evolve(S state, E event);

  /// What has to be sent because of an event.
  List<F> react(S stateAfter, E event);

  /// The state after all of these events.
  default S fold(S from, List<E> events) {
    S state = from;
    for (E event : events) {
      state = evolve(state, event);
    }
    return state;
  }
}
