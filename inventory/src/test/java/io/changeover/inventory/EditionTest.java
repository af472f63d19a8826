package io.changeover.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditionTest {

  @ParameterizedTest
  @CsvSource({
    "2.1.4, COMMUNITY",
    "2.2.0-rc.1, COMMUNITY",
    "2.1.4.0, ENTERPRISE",
    "2.2.0.0-beta1, ENTERPRISE",
    "2.1.4-enterprise-edition, ENTERPRISE",
    "0.36.0, ENTERPRISE",
  })
  void the_form_of_a_version_tells_its_edition(String version, Edition edition) {
    assertThat(Edition.told(version)).contains(edition);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.1.4-acme", "2.1.0-beta1", "none"})
  void other_forms_tell_neither(String version) {
    assertThat(Edition.told(version)).isEqualTo(Optional.empty());
  }
}
