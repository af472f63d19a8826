package io.changeover.migrator.decide;

import static io.changeover.migrator.observe.Readings.DOUBT;
import static io.changeover.migrator.observe.Readings.core;
import static io.changeover.migrator.observe.Readings.locked;
import static io.changeover.migrator.observe.Readings.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.changeover.migrator.decide.Step.Act;
import io.changeover.migrator.decide.Step.AlreadyDone;
import io.changeover.migrator.decide.Step.Refuse;
import io.changeover.migrator.decide.Step.Unknown;
import io.changeover.migrator.decide.Step.Wait;
import io.changeover.migrator.observe.SchemaState;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationRulesTest {

  private static final SchemaState EMPTY = new SchemaState.NeedsBootstrap();
  private static final SchemaState DONE = new SchemaState.Executed(core("a"));
  private static final SchemaState PENDING = new SchemaState.Pending(core("a"), core("b"));
  private static final SchemaState NEW = new SchemaState.New(core("a"), core("b"));
  private static final SchemaState BOTH =
      new SchemaState.PendingAndNew(core("a"), core("b"), core("c"));
  private static final SchemaState ODDS = new SchemaState.Disagreement("one thing", "another");
  private static final SchemaState DARK = new SchemaState.Unknown(DOUBT);

  static Stream<Arguments> table() {
    return Stream.of(
        arguments(EMPTY, Refuse.class, Refuse.class),
        arguments(DONE, AlreadyDone.class, AlreadyDone.class),
        arguments(PENDING, AlreadyDone.class, Act.class),
        arguments(NEW, Act.class, Refuse.class),
        arguments(BOTH, Refuse.class, Refuse.class),
        arguments(ODDS, Refuse.class, Refuse.class),
        arguments(DARK, Unknown.class, Unknown.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void the_state_decides(SchemaState state, Class<?> up, Class<?> finish) {
    assertThat(MigrationRules.up(seen(state))).isInstanceOf(up);
    assertThat(MigrationRules.finish(seen(state))).isInstanceOf(finish);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void while_kongs_lock_is_held_nothing_is_done_and_nothing_is_believed_done(SchemaState state) {
    Class<?> expected = state.equals(DARK) ? Unknown.class : Wait.class;
    assertThat(MigrationRules.up(locked(state))).isInstanceOf(expected);
    assertThat(MigrationRules.finish(locked(state))).isInstanceOf(expected);
  }

  @Test
  void a_contradiction_shows_both_readings() {
    assertThat(MigrationRules.up(seen(ODDS)))
        .isInstanceOfSatisfying(
            Refuse.class,
            refusal -> assertThat(refusal.reason()).contains("one thing").contains("another"));
  }

  @Test
  void the_table_has_every_state() {
    Set<Class<?>> covered =
        table().map(row -> row.get()[0].getClass()).collect(Collectors.toCollection(HashSet::new));
    assertThat(covered).containsExactlyInAnyOrder(SchemaState.class.getPermittedSubclasses());
    assertThat(Arrays.stream(SchemaState.class.getPermittedSubclasses())).hasSize(7);
  }
}
