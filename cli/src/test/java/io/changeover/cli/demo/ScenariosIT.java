package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.machine.Machine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of cluster that the demo knows, with the real services, from nothing to its end.
@Tag("deep")
class ScenariosIT {
  @BeforeAll
  static void on_haproxy() {
    Machine.wants("haproxy");
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void ends_as_it_must(Scenario scenario) throws InterruptedException {
    try (Demo demo = new Demo(Demo.Setting.of(scenario, Injection.NONE, false))) {
      DemoReport.Facts run = demo.judge();
      if (!run.holds()) {
        System.out.println("what the processes said is kept in " + demo.keepLogs());
      }
      assertThat(run.checks())
          .isNotEmpty()
          .allSatisfy(check -> assertThat(check).matches(Check::holds));
    }
  }
}
