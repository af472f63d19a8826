package io.changeover.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.schemas.Facts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyVerdictTest {
  @Test
  void a_copy_is_reported_by_the_names_that_readers_rely_on() {
    assertThat(
            CopyVerdict.report(
                Map.of(
                    Facts.COPY_ROWS, "6367",
                    Facts.COPY_TABLES, "15",
                    Facts.COPY_MS, "1500",
                    Facts.COPY_ROWS_PER_SECOND, "4244",
                    Facts.COPY_TTL_ROWS, "60",
                    Facts.COMPARE_EQUAL, "true")))
        .containsEntry("rows", 6367L)
        .containsEntry("tables", 15L)
        .containsEntry("seconds", 1.5)
        .containsEntry("rowsPerSecond", 4244L)
        .containsEntry("digestsEqual", true)
        .containsEntry("ttlRowsKept", 60L);
  }

  @Test
  void digests_that_nobody_compared_are_not_called_equal() {
    assertThat(CopyVerdict.report(Map.of(Facts.COPY_ROWS, "1")))
        .containsEntry("digestsEqual", false);
  }

  @Test
  void the_way_is_seen_by_what_it_leaves() {
    assertThat(CopyVerdict.report(Map.of(Facts.COPY_ROWS, "1"))).containsEntry("way", "copy");
    assertThat(CopyVerdict.report(Map.of(Facts.COPY_ROWS, "1", Facts.DUMP_SHA256, "00")))
        .containsEntry("way", "dump");
    assertThat(
            CopyVerdict.report(
                Map.of(Facts.COPY_ROWS, "1", Facts.DUMP_SHA256, "00", Facts.DUMP_LOSES, "x=1")))
        .containsEntry("way", "kong-yml");
  }

  @Test
  void an_upgrade_without_a_copy_has_no_such_part() {
    assertThat(CopyVerdict.report(Map.of())).isEmpty();
  }
}
