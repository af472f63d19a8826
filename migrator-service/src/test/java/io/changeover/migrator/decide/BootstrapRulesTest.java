package io.changeover.migrator.decide;

import static io.changeover.migrator.observe.Readings.DOUBT;
import static io.changeover.migrator.observe.Readings.core;
import static io.changeover.migrator.observe.Readings.locked;
import static io.changeover.migrator.observe.Readings.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.changeover.migrator.decide.BootstrapRules.Move;
import io.changeover.migrator.decide.Step.Act;
import io.changeover.migrator.decide.Step.AlreadyDone;
import io.changeover.migrator.decide.Step.Refuse;
import io.changeover.migrator.decide.Step.Unknown;
import io.changeover.migrator.decide.Step.Wait;
import io.changeover.migrator.observe.KeyspaceContent;
import io.changeover.migrator.observe.SchemaState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BootstrapRulesTest {

  private static final KeyspaceContent FRESH = new KeyspaceContent.Fresh(0);
  private static final KeyspaceContent COPIED = new KeyspaceContent.Fresh(7);
  private static final KeyspaceContent FOREIGN =
      new KeyspaceContent.Foreign(3, List.of("services"));
  private static final KeyspaceContent DARK = new KeyspaceContent.Unreadable(DOUBT);

  static Stream<Arguments> table() {
    return Stream.of(
        arguments(new SchemaState.NeedsBootstrap(), Act.class, Move.BOOTSTRAP),
        arguments(new SchemaState.Executed(core("a")), AlreadyDone.class, Move.BOOTSTRAP),
        arguments(new SchemaState.Pending(core("a"), core("b")), Act.class, Move.FINISH),
        arguments(new SchemaState.New(core("a"), core("b")), Act.class, Move.UP),
        arguments(
            new SchemaState.PendingAndNew(core("a"), core("b"), core("c")), Act.class, Move.FINISH),
        arguments(new SchemaState.Disagreement("one", "another"), Refuse.class, Move.BOOTSTRAP),
        arguments(new SchemaState.Unknown(DOUBT), Unknown.class, Move.BOOTSTRAP));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void a_keyspace_of_nobodys_is_brought_to_executed_from_every_state(
      SchemaState state, Class<?> step, Move move) {
    assertThat(BootstrapRules.step(seen(state), FRESH)).isInstanceOf(step);
    assertThat(BootstrapRules.step(seen(state), COPIED)).isInstanceOf(step);
    assertThat(BootstrapRules.move(state)).isEqualTo(move);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void rows_of_somebodys_are_refused_in_every_state_that_is_known(SchemaState state) {
    Step step = BootstrapRules.step(seen(state), FOREIGN);
    if (state instanceof SchemaState.Unknown) {
      assertThat(step).isInstanceOf(Unknown.class);
    } else {
      assertThat(step)
          .isInstanceOfSatisfying(
              Refuse.class, refusal -> assertThat(refusal.reason()).contains("3 seen in services"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void rows_that_could_not_be_read_are_no_reason_to_act(SchemaState state) {
    assertThat(BootstrapRules.step(seen(state), DARK)).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void while_kongs_lock_is_held_nothing_is_done(SchemaState state) {
    assertThat(BootstrapRules.step(locked(state), FRESH))
        .isInstanceOf(state instanceof SchemaState.Unknown ? Unknown.class : Wait.class);
  }

  @Test
  void the_table_has_every_state() {
    Set<Class<?>> covered =
        table().map(row -> row.get()[0].getClass()).collect(Collectors.toCollection(HashSet::new));
    assertThat(covered).containsExactlyInAnyOrder(SchemaState.class.getPermittedSubclasses());
  }
}
