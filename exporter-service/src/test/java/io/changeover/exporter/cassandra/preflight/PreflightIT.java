package io.changeover.exporter.cassandra.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.exporter.cassandra.Kong;
import io.changeover.exporter.cassandra.Node;
import io.changeover.exporter.cassandra.plan.Left;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.cassandra.store.Keyspace;
import io.changeover.inventory.CopyPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreflightIT {

  private static Kong kong;
  private static Keyspace source;
  private static Keyspace target;

  @BeforeAll
  static void keyspaces() {
    kong = Kong.create();
    kong.blue("ALTER TABLE %s.consumers ADD only_blues text");
    source = Keyspace.open(kong.blueStore());
    target = Keyspace.open(kong.greenStore());
  }

  @AfterAll
  static void close() {
    source.close();
    target.close();
  }

  @BeforeEach
  void empty() {
    kong.reset();
  }

  private static CopyPolicy policy(String... leave) {
    CopyPolicy usual = CopyPolicy.USUAL;
    return new CopyPolicy(
        usual.way(),
        usual.export(),
        List.of(leave),
        usual.include(),
        usual.weightZeroTargets(),
        usual.expiring(),
        1,
        1,
        0,
        0,
        Path.of("/x"),
        Path.of("/y"),
        usual.key());
  }

  private static List<Left> left(CopyPolicy policy) {
    return ((Preflight.Ready) Preflight.look(source, target, policy)).job().plan().left();
  }

  private static List<Problem> problems() {
    return ((Preflight.Refused) Preflight.look(source, target, policy())).problems();
  }

  @Test
  void a_column_that_only_blue_has_may_stay_only_while_it_is_empty_or_by_choice() {
    UUID id = kong.consumer("a", Set.of());
    assertThat(left(policy()))
        .contains(new Left("consumers.only_blues", "not in " + kong.greenName()));

    kong.blue("UPDATE %s.consumers SET only_blues = 'precious' WHERE id = ?", id);

    assertThat(problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.reason())
                  .isEqualTo(
                      "The column only_blues of table consumers has values in %s, but %s has no such column"
                          .formatted(kong.blueName(), kong.greenName()));
              assertThat(problem.remedy()).contains("`consumers.only_blues` under `copy: leave`");
              assertThat(problem.mayPass()).isFalse();
            });
    assertThat(left(policy("consumers.only_blues")))
        .contains(new Left("consumers.only_blues", "the inventory says so"));
  }

  @Test
  void a_peer_with_another_schema_is_named_though_it_is_down() {
    UUID other = UUID.randomUUID();
    Node.session()
        .execute(
            "INSERT INTO system.peers (peer, schema_version) VALUES ('127.0.0.99', %s)"
                .formatted(other));
    try {
      assertThat(problems())
          .hasSize(2)
          .allSatisfy(
              problem -> {
                assertThat(problem.reason())
                    .contains("do not agree on the schema", "another one is known of 127.0.0.99");
                assertThat(problem.mayPass()).isTrue();
              });
    } finally {
      Node.session().execute("DELETE FROM system.peers WHERE peer = '127.0.0.99'");
    }
    assertThat(Preflight.look(source, target, policy())).isInstanceOf(Preflight.Ready.class);
  }

  @Test
  void a_peer_whose_schema_nobody_knows_is_named_and_not_taken_for_one_that_agrees() {
    Node.session()
        .execute("INSERT INTO system.peers (peer, data_center) VALUES ('127.0.0.99', 'elsewhere')");
    try {
      assertThat(problems())
          .hasSize(2)
          .allSatisfy(
              problem -> {
                assertThat(problem.reason()).startsWith("Which schema 127.0.0.99 of the nodes of");
                assertThat(problem.mayPass()).isTrue();
              });
    } finally {
      Node.session().execute("DELETE FROM system.peers WHERE peer = '127.0.0.99'");
    }
  }

  @Test
  void deleted_cells_before_the_first_page_are_counted() {
    assertThat(Tombstones.of(source).many()).isEmpty();
    assertThat(Tombstones.of(source).unknown()).isEmpty();
    for (int i = 0; i < Tombstones.MANY + 100; i++) {
      kong.blue(
          "DELETE FROM %s.services WHERE partition = 'services' AND id = ?", UUID.randomUUID());
    }

    Tombstones.Result seen = Tombstones.of(source);

    assertThat(seen.many()).startsWith("services (1100 in its first page)").doesNotContain(",");
    assertThat(seen.unknown()).isEmpty();
    assertThat(seen.tables()).containsKeys("consumers", "services", "targets");
  }
}
