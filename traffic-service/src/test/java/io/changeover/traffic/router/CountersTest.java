package io.changeover.traffic.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {

  @Test
  void a_window_is_the_difference_and_adds_up_again() {
    Counters early = new Counters(10, 9, 1, 1, 0, 0);
    Counters late = new Counters(30, 25, 2, 3, 1, 1);

    Counters window = late.since(early).orElseThrow();

    assertThat(window).isEqualTo(new Counters(20, 16, 1, 2, 1, 1));
    assertThat(early.plus(window)).isEqualTo(late);
  }

  @Test
  void a_count_that_fell_gives_no_window() {
    Counters early = new Counters(10, 10, 1, 1, 1, 1);

    assertThat(new Counters(9, 20, 2, 2, 2, 2).since(early)).isEmpty();
    assertThat(new Counters(20, 9, 2, 2, 2, 2).since(early)).isEmpty();
    assertThat(new Counters(20, 20, 0, 2, 2, 2).since(early)).isEmpty();
    assertThat(new Counters(20, 20, 2, 0, 2, 2).since(early)).isEmpty();
    assertThat(new Counters(20, 20, 2, 2, 0, 2).since(early)).isEmpty();
    assertThat(new Counters(20, 20, 2, 2, 2, 0).since(early)).isEmpty();
    assertThat(early.since(early)).contains(Counters.ZERO);
  }
}
