package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaStateTest {
  private static final List<Subsystem> KNOWN =
      List.of(
          new Subsystem("core", List.of(Migration.upOnly("000"), Migration.withTeardown("001"))));

  private static SchemaRow row(List<String> executed, List<String> pending) {
    return new SchemaRow("core", null, executed, pending);
  }

  @Test
  void what_is_recorded_nowhere_is_new() {
    SchemaState state = SchemaState.compare(KNOWN, List.of());
    assertThat(state.fresh()).isEqualTo(Map.of("core", List.of("000", "001")));
    assertThat(state.hasPending()).isFalse();
  }

  @Test
  void pending_is_neither_new_nor_executed() {
    SchemaState state = SchemaState.compare(KNOWN, List.of(row(List.of("000"), List.of("001"))));
    assertThat(state)
        .isEqualTo(
            new SchemaState(
                false, Map.of("core", List.of("000")), Map.of("core", List.of("001")), Map.of()));
  }

  @Test
  void a_hole_is_new() {
    SchemaState state = SchemaState.compare(KNOWN, List.of(row(List.of("001"), List.of())));
    assertThat(state.fresh()).isEqualTo(Map.of("core", List.of("000")));
  }

  @Test
  void what_the_binary_does_not_know_is_passed_over() {
    SchemaState state =
        SchemaState.compare(
            KNOWN,
            List.of(
                row(List.of("000", "001", "002"), List.of("003")),
                new SchemaRow("enterprise", null, List.of(), List.of("x"))));
    assertThat(state.hasNew()).isFalse();
    assertThat(state.hasPending()).isFalse();
  }

  @Test
  void plugins_that_are_not_enabled_are_invisible() {
    assertThat(Profile.of("2.2.2").subsystems(List.of("acl")))
        .extracting(Subsystem::name)
        .containsExactly("core", "acl");
  }
}
