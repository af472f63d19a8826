package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.worker.Outcome;
import io.changeover.worker.testing.FakePhaseContext;
import io.changeover.worker.testing.FakePhaseContext.Death;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The admin fence at a real HAProxy.
class FencePhaseIT {

  @TempDir Path folder;
  private Estate estate;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.start(folder);
    cluster = estate.cluster();
  }

  @AfterEach
  void stop() {
    estate.close();
  }

  private Outcome open(String side) throws InterruptedException {
    return new FencePhase(estate.tools()).run(FakePhaseContext.of(command(side), cluster));
  }

  private static PhaseCommand command(String side) {
    return FakePhaseContext.command("payments", Actions.OPEN_ADMIN).setSide(side).build();
  }

  private static boolean anyReady(Observation observation, String side) {
    return observation.servers().stream()
        .anyMatch(server -> server.name().startsWith(side) && server.admin() == AdminState.READY);
  }

  private static void assertOneOpen(Observation observation) {
    assertThat(anyReady(observation, "blue") && anyReady(observation, "green"))
        .as("two sides open")
        .isFalse();
  }

  @Test
  void never_two_sides_are_open_while_it_switches_back_and_forth() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger seen = new AtomicInteger();
    CompletableFuture<Void> poll =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                assertOneOpen(estate.observe(HaproxyProcess.ADMIN));
                seen.incrementAndGet();
              }
            });

    for (int i = 0; i < 10; i++) {
      assertThat(open("green").facts()).containsEntry(Facts.ADMIN_OPEN, "green");
      assertThat(open("blue").facts()).containsEntry(Facts.ADMIN_OPEN, "blue");
    }

    done.set(true);
    poll.get();
    assertThat(seen.get()).isGreaterThan(10);
    assertThat(anyReady(estate.observe(HaproxyProcess.ADMIN), "blue")).isTrue();
  }

  @Test
  void a_worker_that_dies_at_any_seam_leaves_at_most_one_side_open_and_the_next_attempt_ends_it()
      throws InterruptedException {
    open("blue");
    Map<String, String> facts = open("green").facts();
    for (int effects = 0; effects < 4; effects++) {
      open("blue");
      FakePhaseContext dying =
          FakePhaseContext.of(command("green"), cluster).dieAfterEffects(effects);
      assertThatThrownBy(() -> new FencePhase(estate.tools()).run(dying)).isInstanceOf(Death.class);
      assertOneOpen(estate.observe(HaproxyProcess.ADMIN));
      assertThat(open("green").facts()).as("after %d effects", effects).isEqualTo(facts);
    }
  }

  @Test
  void the_way_back_closes_what_was_opened_of_green_and_says_so() throws InterruptedException {
    estate.hand().setState(HaproxyProcess.ADMIN, "green-1", AdminState.READY);

    Outcome outcome = open("blue");

    assertThat(outcome.facts())
        .containsEntry(Facts.ADMIN_OPEN, "blue")
        .containsEntry(Facts.ADMIN_FENCED, "true");
    assertThat(outcome.findings())
        .extracting(finding -> finding.getCode())
        .containsExactly("admin.closed-green");
    assertThat(states())
        .isEqualTo(List.of(AdminState.READY, AdminState.READY, AdminState.MAINT, AdminState.MAINT));
  }

  @Test
  void both_sides_open_when_green_takes_over_is_a_hold_and_nothing_is_set_back()
      throws InterruptedException {
    estate.hand().setState(HaproxyProcess.ADMIN, "green-1", AdminState.READY);
    List<AdminState> found = states();

    assertThat(open("green"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failed.reason())
                  .contains("blue-1 (ready)", "blue-2 (ready)", "green-1 (ready)")
                  .doesNotContain("green-2");
            });
    assertThat(states()).isEqualTo(found);
  }

  private List<AdminState> states() {
    return estate.observe(HaproxyProcess.ADMIN).servers().stream()
        .map(server -> server.admin())
        .toList();
  }

  @Test
  void the_first_fence_says_what_it_had_to_close() throws InterruptedException {
    estate.hand().setState(HaproxyProcess.ADMIN, "green-1", AdminState.READY);

    Outcome outcome = fence();

    assertThat(outcome.facts()).containsEntry(Facts.ADMIN_OPEN, "blue");
    assertThat(outcome.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.getCode()).isEqualTo("admin.closed-green");
              assertThat(finding.getMessage()).contains("green-1").doesNotContain("green-2");
            });
    assertThat(fence().findings()).as("a repeat").isEmpty();
  }

  private Outcome fence() throws InterruptedException {
    return new FencePhase(estate.tools())
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("payments", Actions.FENCE_ADMIN).setSide("blue").build(),
                cluster));
  }

  @Test
  void without_an_admin_backend_nothing_but_policy_fences_and_the_report_says_so()
      throws InterruptedException, IOException {
    cluster = estate.cluster(false, true);

    Outcome outcome = open("blue");

    assertThat(outcome.facts())
        .containsEntry(Facts.ADMIN_OPEN, "blue")
        .containsEntry(Facts.ADMIN_FENCED, "false");
    assertThat(outcome.findings())
        .extracting(finding -> finding.getCode())
        .containsExactly("admin.unfenced");
  }

  @Test
  void a_router_that_does_not_answer_is_retryable() throws InterruptedException {
    estate.haproxy().kill();

    assertThat(open("blue"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE));
  }
}
