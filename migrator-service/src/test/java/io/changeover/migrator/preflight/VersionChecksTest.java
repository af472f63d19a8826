package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.migrator.observe.Release;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionChecksTest {

  @ParameterizedTest
  @CsvSource({
    "2.1.4, 2.2.2, true",
    "2.1.0, 2.2.0, true",
    "2.1.3, 2.1.4, true",
    "1.5.0, 2.1.4, true",
    "1.3.0, 1.5.0, true",
    "0.36, 1.3.0, true",
    "2.1.4, 2.1.4, false",
    "2.1.4, 2.1.3, false",
    "2.2.2, 2.1.4, false",
    "1.5.0, 2.2.2, false",
    "1.3.0, 2.1.0, false",
    "2.0.5, 2.1.0, false",
    "2.2.2, 2.3.0, false",
  })
  void only_one_step_forward_is_a_step(String from, String to, boolean allowed) {
    assertThat(VersionChecks.allowed(release(from), release(to))).isEqualTo(allowed);
  }

  private static Release release(String text) {
    return Release.in(text).orElseThrow();
  }
}
