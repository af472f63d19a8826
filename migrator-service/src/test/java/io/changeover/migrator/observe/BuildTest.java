package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {

  private static Build build(String text) {
    return Build.in(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.2, 2.2.2 of Community",
    "2.2.0-beta.1, 2.2.0-beta1 of Community",
    "2.1.4.0, 2.1.4.0 of Enterprise",
    "2.1.4.0-enterprise-edition, 2.1.4.0 of Enterprise",
    "Kong Enterprise 2.1.4.0, 2.1.4.0 of Enterprise",
    "2.2.0.0-beta1, 2.2.0.0-beta1 of Enterprise",
    "2.1.4-enterprise-edition, 2.1.4 of Enterprise",
    "0.36.0, 0.36.0 of Enterprise",
    "2.1.4-acme, 2.1.4 of an edition that it does not tell",
    "2.1, 2.1.0 of an edition that it does not tell",
  })
  void numbers_and_suffix_tell_the_edition(String text, String told) {
    assertThat(build(text).told()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.4, 2.1.4, SAME",
    "2.1.4.0, 2.1.4.0-enterprise-edition, SAME",
    "2.1.4.0, Kong Enterprise 2.1.4.0, SAME",
    "2.1.4-enterprise-edition, 2.1.4.5, SAME",
    "2.1.4.0, 2.1.4, OTHER",
    "2.1.4, 2.1.4.0, OTHER",
    "2.1.4, 2.1.4.0-enterprise-edition, OTHER",
    "2.1.4.0, 2.1.4.5, OTHER",
    "2.1.4, 2.1.3, OTHER",
    "2.2.0, 2.2.0-rc.1, OTHER",
    "2.2.0.0-beta1, 2.2.0.0-beta2, OTHER",
    "2.2.0.0-beta1, 2.2.0.0, UNTOLD",
    "2.1.4.0, 2.1.4-enterprise-edition, UNTOLD",
    "2.1.4, 2.1.4-acme, UNTOLD",
    "2.1.4.0, 2.1.4-acme, UNTOLD",
  })
  void what_both_name_must_be_equal_and_what_only_one_names_stays_open(
      String expected, String seen, Build.Fit fit) {
    assertThat(build(expected).fit(build(seen))).isEqualTo(fit);
  }

  @ParameterizedTest
  @CsvSource({
    "kong/2.2.2, 2.2.2 of Community",
    "kong/2.1.4.0-enterprise-edition, 2.1.4.0 of Enterprise",
    "kong-enterprise-edition/2.2.0, 2.2.0 of Enterprise",
    "1.1 kong/2.2.2, 2.2.2 of Community",
    "'1.1 enterprise-proxy, kong/2.2.2', 2.2.2 of Community",
  })
  void kongs_headers_name_their_version(String header, String told) {
    assertThat(Build.inHeader(header).orElseThrow().told()).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BaseHTTP/0.6 Python/3.11.7",
        "nginx/1.19.1",
        "openresty/1.17.8.2",
        "donkong/2.2.2",
        "kong"
      })
  void other_servers_headers_name_no_kong(String header) {
    assertThat(Build.inHeader(header)).isEmpty();
  }

  @Test
  void a_text_without_a_version_is_no_build() {
    assertThat(Build.in("command not found")).isEmpty();
  }
}
