package io.changeover.planner.core;

import static io.changeover.planner.core.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.planner.core.UpgradeEvent.StartRefused;
import io.changeover.planner.core.UpgradeEvent.UpgradeCancelled;
import io.changeover.planner.core.UpgradeEvent.UpgradeStarted;
import org.junit.jupiter.api.Test;

class BeginningTest {
  @Test
  void a_sound_start_is_queued_with_its_plan() {
    Request.Start start = Inventories.start(ask -> ask);
    Plan plan = ((Planning.Possible) Planning.plan(start)).plan();
    Scenario scenario =
        given(Journey.nowhere())
            .when(start)
            .then(
                new UpgradeStarted(
                    Journey.T0, Journey.UPGRADE, Journey.CLUSTER, plan, "ann", "because"))
            .andEffects()
            .andStage("queued");
    assertThat(((UpgradeState.Queued) scenario.state()).run())
        .isEqualTo(Run.begin(Journey.UPGRADE, Journey.CLUSTER, plan, Journey.T0));
  }

  @Test
  void a_start_that_cannot_work_ends_refused_with_every_reason() {
    Request.Start start = Inventories.start(ask -> ask.to("9.9.9").whileRunning("u-0"));
    Scenario scenario =
        given(Journey.nowhere()).when(start).thenTypes(StartRefused.class).andStage("refused");
    UpgradeState.Refused refused = (UpgradeState.Refused) scenario.state();
    assertThat(refused.refusals())
        .extracting(Refusal::reason)
        .containsExactly(
            RefusalReason.ALREADY_RUNNING, RefusalReason.UNKNOWN_VERSION, RefusalReason.OFF_PATH);
    assertThat(refused.upgrade()).isEqualTo(Journey.UPGRADE);
    assertThat(refused.cluster()).isEqualTo(Journey.CLUSTER);
    assertThat(refused.endedAt()).isEqualTo(Journey.T0);
    assertThat(refused.ended()).isTrue();
    assertThat(refused.due()).isEmpty();
  }

  @Test
  void an_abort_of_what_has_not_begun_cancels_it() {
    Journey journey = Journey.queued();
    Scenario scenario =
        given(journey)
            .when(journey.abort())
            .then(new UpgradeCancelled(journey.now(), "bob", "wrong day"))
            .andStage("cancelled");
    UpgradeState.Cancelled cancelled = (UpgradeState.Cancelled) scenario.state();
    assertThat(cancelled.by()).isEqualTo("bob");
    assertThat(cancelled.endedAt()).isEqualTo(journey.now());
  }

  @Test
  void nothing_is_known_of_an_upgrade_that_was_never_started() {
    given(Journey.nowhere())
        .when(Journey.queued().retry())
        .thenRefused(RefusalReason.UNKNOWN_UPGRADE)
        .saying("u-1");
    Scenario scenario =
        given(Journey.nowhere())
            .when(Journey.queued().stray("migrate-up", 1))
            .thenRefused(RefusalReason.UNKNOWN_UPGRADE)
            .saying("migrate-up", "worker-a");
    assertThat(((UpgradeEvent.RequestRefused) scenario.decided().getFirst()).by())
        .isEqualTo("worker-a");
    assertThat(scenario.state().stage()).isEqualTo("not-started");
    assertThat(scenario.state().due()).isEmpty();
    assertThat(scenario.state().counted()).isFalse();
    assertThat(scenario.state().ended()).isFalse();
  }

  @Test
  void refusals_name_who_asked_and_what_would_work() {
    Journey journey = Journey.queued();
    Scenario scenario =
        given(journey)
            .when(journey.pause())
            .thenRefused(RefusalReason.NOT_ADMITTED)
            .saying("a pause for upgrade u-1 of cluster payments-eu, which is queued", "abort it");
    assertThat(((UpgradeEvent.RequestRefused) scenario.decided().getFirst()).by()).isEqualTo("bob");
  }

  @Test
  void refusals_say_which_request_they_mean() {
    Journey ended = Journey.stage("finished");
    given(ended).when(ended.start()).thenRefused(RefusalReason.ALREADY_STARTED).saying("a start");
    given(ended).when(ended.resume()).thenRefused(RefusalReason.UPGRADE_ENDED).saying("a resume");
    given(ended).when(ended.retry()).thenRefused(RefusalReason.UPGRADE_ENDED).saying("a retry");
    given(ended)
        .when(ended.answer("confirm", "APPROVED"))
        .thenRefused(RefusalReason.UPGRADE_ENDED)
        .saying("an answer to gate confirm");
    given(ended)
        .when(ended.stray("verify", 1))
        .thenRefused(RefusalReason.UPGRADE_ENDED)
        .saying("which is finished", "COMPLETED of attempt 1 of phase verify");
  }
}
