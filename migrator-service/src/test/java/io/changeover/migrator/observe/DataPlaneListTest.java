package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataPlaneListTest {

  private static DataPlaneList list(String body) {
    return DataPlaneList.of(new Reading.Answered(200, Optional.empty(), body)).orElseThrow();
  }

  @Test
  void rows_that_stay_for_14_days_after_a_restart_are_no_data_planes() {
    DataPlaneList all =
        list(
            """
            {"a": {"config_hash": "00000000000000000000000000000000", "last_seen": 1795564529, "ttl": 1209600},
             "b": {"config_hash": "5134", "last_seen": 1795564499},
             "dead": {"config_hash": "5134", "last_seen": 1795564000}}
            """);
    assertThat(all.living()).as("whatever their hashes say").containsExactly("a", "b");
  }

  @Test
  void control_planes_that_keep_their_own_list_are_asked_each() {
    DataPlaneList both =
        list("{\"a\": {\"last_seen\": 100}}")
            .and(list("{\"a\": {\"last_seen\": 130}, \"b\": {\"last_seen\": 110}}"));
    assertThat(both.lastSeen()).containsEntry("a", 130L).containsEntry("b", 110L);
    assertThat(DataPlaneList.NONE.living()).isEmpty();
  }

  @Test
  void what_is_no_list_says_nothing() {
    assertThat(DataPlaneList.of(new Reading.Refused())).isEmpty();
    assertThat(DataPlaneList.of(new Reading.Answered(400, Optional.empty(), "{}"))).isEmpty();
    assertThat(DataPlaneList.of(new Reading.Answered(200, Optional.empty(), "[]"))).isEmpty();
    String other = "{\"version\": \"2.1.4\"}";
    assertThat(DataPlaneList.of(new Reading.Answered(200, Optional.empty(), other))).isEmpty();
  }
}
