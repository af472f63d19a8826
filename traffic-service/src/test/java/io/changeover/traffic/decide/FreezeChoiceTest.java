package io.changeover.traffic.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import org.junit.jupiter.api.Test;

/// What a reading of the freeze leads to.
class FreezeChoiceTest {

  @Test
  void what_is_as_wanted_stays_and_the_rest_is_asked_for_listed_or_not() {
    for (FreezeState wanted : FreezeState.values()) {
      for (FreezeState seen : FreezeState.values()) {
        for (boolean listed : new boolean[] {true, false}) {
          assertThat(FreezeChoice.of(new FreezeReading.Seen(seen, listed), wanted))
              .isEqualTo(
                  seen == wanted ? new FreezeChoice.Already() : new FreezeChoice.Ask(wanted));
        }
      }
    }
  }

  @Test
  void nothing_is_asked_for_where_the_reading_does_not_allow_it() {
    for (FreezeState wanted : FreezeState.values()) {
      assertThat(FreezeChoice.of(new FreezeReading.Foreign("asleep"), wanted))
          .isEqualTo(new FreezeChoice.Foreign("asleep"));
      assertThat(FreezeChoice.of(new FreezeReading.NotSetUp("no map"), wanted))
          .isEqualTo(new FreezeChoice.Impossible("no map"));
      assertThat(FreezeChoice.of(new FreezeReading.Unknown("silent"), wanted))
          .isEqualTo(new FreezeChoice.Unknown("silent"));
    }
  }
}
