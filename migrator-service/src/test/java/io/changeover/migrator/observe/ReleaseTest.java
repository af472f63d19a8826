package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {

  @ParameterizedTest
  @CsvSource({
    "2.2.2, 2.2.2",
    "2.1.4.0-enterprise-edition, 2.1.4",
    "Kong Enterprise 2.2.0.0, 2.2.0",
    "0.36, 0.36.0",
    "1.5.0.11-enterprise-edition, 1.5.0",
  })
  void a_version_is_its_first_three_numbers(String text, String base) {
    assertThat(Release.in(text).orElseThrow()).hasToString(base);
  }

  @Test
  void releases_are_ordered_by_number_not_by_text() {
    assertThat(new Release(2, 10, 0)).isGreaterThan(new Release(2, 9, 9));
    assertThat(new Release(1, 5, 0)).isLessThan(new Release(2, 1, 0));
    assertThat(new Release(2, 1, 4)).isGreaterThan(new Release(2, 1, 3));
  }
}
