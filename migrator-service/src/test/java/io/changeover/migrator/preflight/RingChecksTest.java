package io.changeover.migrator.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.Finding;
import io.changeover.migrator.observe.Ring;
import io.changeover.migrator.observe.Ring.Member;
import io.changeover.migrator.observe.Ring.Reached;
import io.changeover.migrator.report.Findings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RingChecksTest {

  private static Member member(String release, String schema, Reached reached) {
    return member("10.0.0.1", "dc1", release, schema, reached);
  }

  private static Member member(
      String address, String datacenter, String release, String schema, Reached reached) {
    return new Member(
        address,
        datacenter,
        release,
        schema.isEmpty() ? Optional.empty() : Optional.of(schema),
        reached);
  }

  private static Findings judge(Member... members) {
    Findings findings = new Findings();
    RingChecks.judge(new Ring(Arrays.asList(members)), findings);
    return findings;
  }

  private static List<String> codes(Findings findings) {
    return findings.all().stream().map(Finding::getCode).toList();
  }

  @Test
  void a_ring_in_order_has_three_facts_and_no_blocker() {
    Findings findings =
        judge(member("3.11.19", "a", Reached.YES), member("3.11.19", "a", Reached.YES));
    assertThat(findings.blockers()).isEmpty();
    assertThat(codes(findings))
        .containsExactly("cassandra.schema-agreement", "cassandra.nodes", "cassandra.version");
  }

  @Test
  void two_schemas_or_a_node_that_says_none_block() {
    assertThat(
            judge(member("3.11.19", "a", Reached.YES), member("3.11.19", "b", Reached.YES))
                .blockers())
        .containsExactly("cassandra.schema-disagreement");
    assertThat(
            judge(member("3.11.19", "a", Reached.YES), member("3.11.19", "", Reached.YES))
                .blockers())
        .containsExactly("cassandra.schema-unknown");
  }

  @Test
  void a_node_that_is_down_blocks_and_one_that_is_not_tried_warns() {
    assertThat(
            judge(member("3.11.19", "a", Reached.YES), member("3.11.19", "a", Reached.NO))
                .blockers())
        .containsExactly("cassandra.node-down");
    Findings elsewhere =
        judge(
            member("3.11.19", "a", Reached.YES),
            member("10.0.1.1", "dc2", "3.11.19", "a", Reached.UNTRIED));
    assertThat(elsewhere.blockers()).isEmpty();
    assertThat(codes(elsewhere)).contains("cassandra.node-unseen");
  }

  @Test
  void a_node_of_the_same_data_centre_of_which_nothing_is_known_is_not_taken_for_up() {
    assertThat(
            judge(member("3.11.19", "a", Reached.YES), member("3.11.19", "a", Reached.UNTRIED))
                .blockers())
        .containsExactly("cassandra.node-unknown");
  }

  @Test
  void a_node_that_is_down_with_another_schema_is_named_with_it() {
    Findings findings =
        judge(
            member("10.0.0.1", "dc1", "3.11.19", "a", Reached.YES),
            member("10.0.0.2", "dc1", "3.11.19", "a", Reached.YES),
            member("10.0.0.3", "dc1", "3.11.19", "b", Reached.NO));
    assertThat(findings.blockers())
        .containsExactly("cassandra.schema-disagreement", "cassandra.node-down");
    assertThat(findings.all().getFirst().getEvidence())
        .endsWith("a: 10.0.0.1 (dc1), 10.0.0.2 (dc1); b: 10.0.0.3 (dc1, down)");
  }

  @Test
  void versions_are_judged_as_kong_does() {
    assertThat(judge(member("2.1.22", "a", Reached.YES)).blockers())
        .containsExactly("cassandra.version");
    assertThat(judge(member("", "a", Reached.YES)).blockers()).containsExactly("cassandra.version");
    assertThat(judge(member("2.2.19", "a", Reached.YES)).blockers()).isEmpty();
    assertThat(judge(member("5.0.9", "a", Reached.YES)).blockers()).isEmpty();
    assertThat(
            judge(member("3.11.19", "a", Reached.YES), member("4.0.1", "a", Reached.YES))
                .blockers())
        .containsExactly("cassandra.mixed-versions");
  }
}
