package io.changeover.migrator.decide;

import static io.changeover.migrator.observe.Readings.DOUBT;
import static io.changeover.migrator.observe.Readings.core;
import static io.changeover.migrator.observe.Readings.rows;
import static io.changeover.migrator.observe.Readings.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.changeover.migrator.decide.Step.Act;
import io.changeover.migrator.decide.Step.AlreadyDone;
import io.changeover.migrator.decide.Step.Refuse;
import io.changeover.migrator.decide.Step.Unknown;
import io.changeover.migrator.decide.Step.Wait;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.observe.MetaReading;
import io.changeover.migrator.observe.MetaReading.Row;
import io.changeover.migrator.observe.Migrations;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.observe.SchemaObservation;
import io.changeover.migrator.observe.SchemaState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeRulesTest {

  private static final Build BUILD = Build.in("2.2.2").orElseThrow();

  static Stream<Arguments> nodes() {
    return Stream.of(
        arguments(new NodeState.Healthy(BUILD), AlreadyDone.class, Act.class),
        arguments(new NodeState.Unhealthy("database.reachable is not true"), Wait.class, Act.class),
        arguments(
            new NodeState.OtherVersion(Build.in("2.1.4").orElseThrow()),
            Refuse.class,
            Refuse.class),
        arguments(new NodeState.Stopped(), Act.class, AlreadyDone.class),
        arguments(new NodeState.Unknown("no answer"), Unknown.class, Unknown.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nodes")
  void a_node_is_started_and_stopped_by_what_it_is(NodeState state, Class<?> start, Class<?> stop) {
    assertThat(NodeRules.start(state)).isInstanceOf(start);
    assertThat(NodeRules.stop(state)).isInstanceOf(stop);
  }

  @Test
  void the_table_has_every_state() {
    assertThat(nodes().<Class<?>>map(row -> row.get()[0].getClass()))
        .containsExactlyInAnyOrder(NodeState.class.getPermittedSubclasses());
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        arguments(new SchemaState.NeedsBootstrap(), Refuse.class),
        arguments(new SchemaState.New(core("a"), core("b")), Act.class),
        arguments(new SchemaState.Pending(core("a"), core("b")), Act.class),
        arguments(new SchemaState.PendingAndNew(core("a"), core("b"), core("c")), Act.class),
        arguments(new SchemaState.Executed(core("a", "b")), Refuse.class),
        arguments(new SchemaState.Executed(core("a")), Act.class),
        arguments(new SchemaState.Disagreement("x", "y"), Refuse.class),
        arguments(new SchemaState.Unknown(DOUBT), Unknown.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schemas")
  void blue_that_knows_only_a_may_not_start_once_b_is_finished(SchemaState green, Class<?> step) {
    assertThat(NodeRules.blueMayStart(seen(green), core("a"))).isInstanceOf(step);
  }

  @Test
  void a_subsystem_that_never_had_anything_pending_was_never_finished() {
    Migrations executed = Migrations.of(Map.of("core", List.of("a"), "session", List.of("s", "t")));
    Row never = new Row(List.of("s", "t"), Optional.empty());
    MetaReading meta =
        rows(
            Map.of("core", new Row(List.of("a"), Optional.of(List.of())), "session", never),
            Optional.empty());
    SchemaObservation green =
        new SchemaObservation(new SchemaState.Executed(executed), Optional.empty(), meta);
    Migrations blue = Migrations.of(Map.of("core", List.of("a"), "session", List.of("s")));
    assertThat(NodeRules.blueMayStart(green, blue)).isInstanceOf(Act.class);
  }
}
