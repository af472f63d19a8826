package io.changeover.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class MachineTest {
  @Test
  void a_program_that_is_there_is_found() {
    assertThat(Machine.needs("sh", true)).isExecutable();
  }

  @Test
  void a_missing_program_fails_the_test_on_ci_and_skips_it_elsewhere() {
    assertThatThrownBy(() -> Machine.needs("no-such-program", true))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Machine.needs("no-such-program", false))
        .isInstanceOf(TestAbortedException.class);
  }
}
