package io.changeover.migrator.observe;

import static io.changeover.migrator.observe.Readings.DOUBT;
import static io.changeover.migrator.observe.Readings.core;
import static io.changeover.migrator.observe.Readings.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.changeover.migrator.observe.ListReading.Blocks;
import io.changeover.migrator.observe.MetaReading.NoTable;
import io.changeover.migrator.observe.SchemaState.Disagreement;
import io.changeover.migrator.observe.SchemaState.Executed;
import io.changeover.migrator.observe.SchemaState.NeedsBootstrap;
import io.changeover.migrator.observe.SchemaState.New;
import io.changeover.migrator.observe.SchemaState.Pending;
import io.changeover.migrator.observe.SchemaState.PendingAndNew;
import io.changeover.migrator.observe.SchemaState.Unknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgreementTest {

  private static final ListReading BOOTSTRAP = new ListReading.NeedsBootstrap();
  private static final ListReading GARBLED = new ListReading.Unreadable(DOUBT);
  private static final MetaReading CLOSED = new MetaReading.Unreadable(DOUBT);

  static Stream<Arguments> readings() {
    return Stream.of(
        arguments("empty database", BOOTSTRAP, new NoTable(), NeedsBootstrap.class),
        arguments(
            "list of another database",
            BOOTSTRAP,
            rows(List.of("a"), List.of()),
            Disagreement.class),
        arguments(
            "table of another database",
            list(core("a"), core(), core()),
            new NoTable(),
            Disagreement.class),
        arguments(
            "done", list(core("a"), core(), core()), rows(List.of("a"), List.of()), Executed.class),
        arguments(
            "new", list(core("a"), core(), core("b")), rows(List.of("a"), List.of()), New.class),
        arguments(
            "pending",
            list(core("a"), core("b"), core()),
            rows(List.of("a"), List.of("b")),
            Pending.class),
        arguments(
            "both",
            list(core("a"), core("b"), core("c")),
            rows(List.of("a"), List.of("b")),
            PendingAndNew.class),
        arguments(
            "an old binary on a newer schema",
            list(core("a"), core(), core()),
            rows(List.of("a", "b"), List.of("c")),
            Executed.class),
        arguments(
            "empty table", list(core(), core(), core("a")), rows(List.of(), List.of()), New.class),
        arguments(
            "executed only by the list",
            list(core("a", "b"), core(), core()),
            rows(List.of("a"), List.of()),
            Disagreement.class),
        arguments(
            "pending only by the list",
            list(core("a"), core("b"), core()),
            rows(List.of("a", "b"), List.of()),
            Disagreement.class),
        arguments(
            "new for the list, executed for the table",
            list(core("a"), core(), core("b")),
            rows(List.of("a", "b"), List.of()),
            Disagreement.class),
        arguments(
            "new for the list, pending for the table",
            list(core("a"), core(), core("b")),
            rows(List.of("a"), List.of("b")),
            Disagreement.class),
        arguments("list unreadable", GARBLED, rows(List.of("a"), List.of()), Unknown.class),
        arguments("list unreadable, no table", GARBLED, new NoTable(), Unknown.class),
        arguments("table unreadable", list(core("a"), core(), core()), CLOSED, Unknown.class),
        arguments("nothing readable", GARBLED, CLOSED, Unknown.class),
        arguments("needs bootstrap, table unreadable", BOOTSTRAP, CLOSED, Unknown.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readings")
  void two_readings_make_one_state_or_none(
      String name, ListReading list, MetaReading meta, Class<?> state) {
    assertThat(Agreement.of(list, meta)).isInstanceOf(state);
  }

  private static Blocks list(Migrations executed, Migrations pending, Migrations available) {
    return new Blocks(executed, pending, available);
  }
}
