package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
  @Test
  void an_id_is_a_version_7_uuid_that_holds_its_time() {
    var time = Instant.ofEpochMilli(1_764_000_000_123L);
    var id = Ids.v7(time, -1, -1);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
  }

  @Test
  void later_ids_sort_after_earlier_ones() {
    var first = Ids.v7(Instant.ofEpochMilli(1000), 5, 5).toString();
    var second = Ids.v7(Instant.ofEpochMilli(1001), 0, 0).toString();
    assertThat(first).isLessThan(second);
    assertThat(UUID.fromString(Ids.next())).isNotEqualTo(UUID.fromString(Ids.next()));
  }

  @Test
  void a_record_always_gives_the_same_id() {
    assertThat(Ids.ofRecord("t", 1, 2))
        .isEqualTo(Ids.ofRecord("t", 1, 2))
        .isNotEqualTo(Ids.ofRecord("t", 1, 3));
  }
}
