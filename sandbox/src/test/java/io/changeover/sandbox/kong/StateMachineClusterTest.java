package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StateMachineClusterTest {
  @Test
  void an_upgrade_goes_from_new_over_pending_to_executed() {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "2.1.4", "blue-1");
    assertThat(cluster.migrations("2.2.2", "list").exit()).isEqualTo(5);
    assertThat(cluster.start("2.2.2", "green-1").err()).contains("New migrations available");
    assertThat(cluster.migrations("2.2.2", "up").out()).contains("1 executed\n1 pending\n");
    assertThat(cluster.migrations("2.2.2", "list").exit()).isEqualTo(4);
    assertThat(cluster.start("2.2.2", "green-1").out())
        .isEqualTo("Database has pending migrations:\ncore: 012_213_to_220\nKong started\n");
    assertThat(cluster.stop("blue-1")).isTrue();
    assertThat(cluster.migrations("2.2.2", "finish").exit()).isZero();
    assertThat(cluster.migrations("2.2.2", "list").exit()).isZero();
    assertThat(cluster.running()).isEqualTo(Map.of("green-1", "2.2.2"));
  }

  @Test
  void an_old_node_starts_on_a_finished_schema_without_a_word() {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "2.2.2");
    assertThat(cluster.start("2.1.4", "blue-1"))
        .isEqualTo(new StateMachineCluster.Answer(0, "Kong started\n", ""));
  }

  @Test
  void the_words_are_those_of_the_command_line() {
    StateMachineCluster cluster = new StateMachineCluster("c");
    assertThat(cluster.migrations("2.1.4", "list").exit()).isEqualTo(3);
    assertThat(cluster.migrations("2.1.4", "up").exit()).isEqualTo(1);
    assertThat(cluster.migrations("2.1.4", "bootstrap").out())
        .startsWith("Bootstrapping database...\nmigrating core on database 'c'...\n")
        .endsWith("38 migrations processed\n38 executed\nDatabase is up-to-date\n");
  }

  @Test
  void of_many_that_run_up_at_once_one_does_the_work() throws Exception {
    StateMachineCluster cluster = StateMachineCluster.serving("c", "2.1.4");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<StateMachineCluster.Answer>> ups =
          IntStream.range(0, 20)
              .<Callable<StateMachineCluster.Answer>>mapToObj(
                  n -> () -> cluster.migrations("2.2.2", "up"))
              .toList();
      int worked = 0;
      for (Future<StateMachineCluster.Answer> up : threads.invokeAll(ups)) {
        worked += up.get().out().contains("2 migrations processed") ? 1 : 0;
      }
      assertThat(worked).isEqualTo(1);
    }
    assertThat(cluster.schema("2.2.2").pending())
        .isEqualTo(Map.of("core", List.of("012_213_to_220")));
  }
}
