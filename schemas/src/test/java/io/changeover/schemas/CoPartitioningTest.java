package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoPartitioningTest {
  private static String fault(Map<String, Integer> odd) {
    Map<String, Integer> partitions = new HashMap<>();
    Topics.ALL.forEach(topic -> partitions.put(topic, 8));
    partitions.putAll(odd);
    return new CoPartitioning(partitions).fault().orElse("");
  }

  @Test
  void topics_with_the_same_number_of_partitions_are_as_expected() {
    assertThat(fault(Map.of())).isEmpty();
  }

  @Test
  void an_odd_topic_of_messages_may_be_made_again_with_the_journals_number() {
    assertThat(fault(Map.of(Topics.REPORTS, 5)))
        .contains(
            "found {5=[changeover.reports], 8=[",
            "CHANGEOVER_PARTITIONS=8",
            "changeover.reports: delete it; a service makes it again",
            "Keep changeover.journal as it is, and never delete it");
    assertThat(fault(Map.of(Topics.REQUESTS, 5)))
        .contains("changeover.requests: delete it once the planner has read all of it");
  }

  @Test
  void an_odd_journal_is_never_made_again_but_all_others_are() {
    assertThat(fault(Map.of(Topics.JOURNAL, 3)))
        .contains("CHANGEOVER_PARTITIONS=3", "changeover.commands.runbook: delete it")
        .doesNotContain("changeover.journal: ");
  }

  @Test
  void what_was_rejected_is_kept_too() {
    assertThat(fault(Map.of(Topics.REJECTED, 5)))
        .contains("changeover.rejected: add partitions")
        .doesNotContain(": delete it", "copy its records");
    assertThat(fault(Map.of(Topics.REJECTED, 12)))
        .contains("changeover.rejected: copy its records to a file");
  }
}
