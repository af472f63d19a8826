package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.testing.FakePhaseContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hybrid cluster behind a real HAProxy: data planes take the traffic, control planes have the
/// Admin API, and nobody may change the configuration until the last data plane of blue is gone.
class HybridPhasesIT {

  @TempDir Path folder;
  private Estate estate;
  private Cluster cluster;

  @BeforeEach
  void start() throws Exception {
    estate = Estate.hybrid(folder);
    cluster = estate.cluster();
    Outcome frozen = new FreezePhase(estate.tools()).run(context(Actions.FREEZE_ADMIN, "blue"));
    assertThat(frozen.facts()).as("%s", frozen).containsEntry(Facts.ADMIN_FROZEN, "blue");
  }

  @AfterEach
  void stop() {
    estate.close();
  }

  private FakePhaseContext context(String action, String side) {
    return FakePhaseContext.of(
        FakePhaseContext.command("payments", action).setSide(side).build(), cluster);
  }

  private FakePhaseContext step(int from, int to) {
    TrafficStep step =
        TrafficStep.newBuilder()
            .setFromWeight(from)
            .setSetWeight(to)
            .setPauseMillis(60_000)
            .build();
    return FakePhaseContext.of(
        FakePhaseContext.command("payments", Actions.SHIFT)
            .setStep(step)
            .setDeadline(Instant.now().plusSeconds(30))
            .build(),
        cluster);
  }

  private void thaw() {
    estate.hand().setFreeze(HaproxyProcess.ADMIN, FreezeState.OPEN);
  }

  private void assertHeld(PhaseWork work, FakePhaseContext context) throws InterruptedException {
    assertThat(work.run(context))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failed.reason()).contains("the freeze is gone from the router");
              assertThat(failed.expected()).contains(HaproxyProcess.ADMIN);
              assertThat(failed.remedy()).contains("no data plane of blue learns");
            });
    assertThat(estate.hand().readFreeze(HaproxyProcess.ADMIN))
        .as("nothing is set back behind the back of who did it")
        .isEqualTo(new FreezeReading.Seen(FreezeState.OPEN, true));
  }

  @Test
  void somebody_who_thaws_the_map_while_data_planes_move_holds_the_step() throws Exception {
    FakePhaseContext context = step(0, 25);
    context.onProgress(_ -> thaw());
    assertHeld(new ShiftPhase(estate.tools()), context);
  }

  @Test
  void a_data_plane_without_a_configuration_gets_no_traffic_however_well_it_looks()
      throws Exception {
    estate.green().getLast().unconfigure();
    List<Integer> before = estate.weights();
    Outcome outcome = new ShiftPhase(estate.tools()).run(step(0, 25));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
              assertThat(failed.reason())
                  .contains("green-dp answers 404 instead of 200: it has no configuration");
            });
    assertThat(estate.weights()).isEqualTo(before);
  }

  @Test
  void a_map_that_was_thawed_before_holds_the_drain_and_no_data_plane_is_touched()
      throws Exception {
    allOnGreen();
    thaw();
    assertHeld(new DrainPhase(estate.tools()), context(Actions.DRAIN, "blue"));
    assertThat(state(HaproxyProcess.PROXY, "blue-dp")).isEqualTo(AdminState.READY);
  }

  @Test
  void data_planes_are_drained_at_the_router_and_control_planes_stay_as_they_are()
      throws Exception {
    allOnGreen();
    Outcome drained = new DrainPhase(estate.tools()).run(context(Actions.DRAIN, "blue"));
    assertThat(drained).isInstanceOf(Outcome.Done.class);
    assertThat(drained.facts()).containsEntry(Facts.SESSIONS_BLUE, "0");
    assertThat(state(HaproxyProcess.PROXY, "blue-dp")).isEqualTo(AdminState.DRAIN);
    assertThat(state(HaproxyProcess.PROXY, "green-dp")).isEqualTo(AdminState.READY);
    assertThat(state(HaproxyProcess.ADMIN, "blue-cp")).isEqualTo(AdminState.READY);
    assertThat(state(HaproxyProcess.ADMIN, "green-cp")).isEqualTo(AdminState.MAINT);
  }

  private void allOnGreen() {
    estate.hand().setWeight(HaproxyProcess.PROXY, "green-dp", 100);
    estate.hand().setWeight(HaproxyProcess.PROXY, "blue-dp", 0);
  }

  private AdminState state(String backend, String server) {
    return estate.observe(backend).servers(List.of(server)).getFirst().admin();
  }
}
