package io.changeover.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.changeover.cli.suite.Programs;
import java.nio.file.Path;

/// Programs that tests run. Where `CI` is set they must be there; elsewhere a test goes without.
public final class Machine {
  private static final boolean CI = System.getenv("CI") != null;

  private Machine() {}

  /// The program. Without it the test is skipped, on CI it fails.
  public static Path needs(String program) {
    return needs(program, CI);
  }

  /// The same for tests that have something to do without it.
  public static void wants(String program) {
    if (CI) {
      needs(program, true);
    }
  }

  static Path needs(String program, boolean must) {
    var found = Programs.find(program);
    if (!must) {
      assumeTrue(found.isPresent(), program + " is not on this machine");
    }
    assertThat(found).as("%s on this machine, as CI has it", program).isPresent();
    return found.orElseThrow();
  }
}
