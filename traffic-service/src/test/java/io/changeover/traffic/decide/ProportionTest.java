package io.changeover.traffic.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

  /// Reference values of the Wilson score interval without continuity correction, z = 1.959964.
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.0, 0.27753",
    "1, 10, 0.01788, 0.40415",
    "5, 10, 0.23659, 0.76341",
    "10, 10, 0.72247, 1.0",
    "20, 400, 0.03260, 0.07596",
  })
  void the_interval_is_wilsons(long hits, long total, double low, double high) {
    Proportion proportion = Proportion.of(hits, total);

    assertThat(proportion.low()).isCloseTo(low, within(1e-4));
    assertThat(proportion.high()).isCloseTo(high, within(1e-4));
  }

  @Test
  void nothing_seen_allows_everything_and_tells_nothing() {
    Proportion nothing = Proportion.of(0, 0);

    assertThat(nothing.allows(0)).isTrue();
    assertThat(nothing.allows(1)).isTrue();
    assertThat(nothing.tells(0.5)).isFalse();
  }

  @Test
  void one_stray_request_contradicts_100_percent_and_none_does_not() {
    assertThat(Proportion.of(500, 500).allows(1)).isTrue();
    assertThat(Proportion.of(499, 500).allows(1)).isFalse();
    assertThat(Proportion.of(1, 500).allows(0)).isFalse();
  }

  @Test
  void small_shares_need_more_requests_until_they_can_be_told_from_nothing() {
    assertThat(Proportion.of(5, 100).tells(0.05)).isTrue();
    assertThat(Proportion.of(1, 100).tells(0.01)).isFalse();
    assertThat(Proportion.of(50, 100).tells(0.5)).isTrue();
    assertThat(Proportion.of(20, 40).tells(0.5)).isFalse();
  }

  @Test
  void the_interval_holds_the_true_share_about_19_times_of_20() {
    long seed = 7L;
    Random random = new Random(seed);
    int held = 0;
    for (int round = 0; round < 2_000; round++) {
      long hits = random.doubles(300).filter(value -> value < 0.1).count();
      held += Proportion.of(hits, 300).allows(0.1) ? 1 : 0;
    }
    assertThat(held / 2_000.0).isBetween(0.93, 0.97);
  }

  @Test
  void more_hits_than_requests_are_refused() {
    assertThatThrownBy(() -> Proportion.of(2, 1)).hasMessageContaining("2 of 1");
  }
}
