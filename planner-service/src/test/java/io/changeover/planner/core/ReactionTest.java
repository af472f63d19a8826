package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReactionTest {
  @Test
  void a_command_carries_all_that_its_worker_needs_and_names_only() {
    Journey journey = Journey.to("shift-25");
    UpgradeState.Advancing state = (UpgradeState.Advancing) journey.state();
    Turn.Outstanding out = journey.outstanding();
    assertThat(effect(journey))
        .isEqualTo(
            new Effect.SendCommand(
                "u-1/shift-25/1",
                Journey.UPGRADE,
                Journey.CLUSTER,
                0,
                "2.1.4",
                "2.2.2",
                state.phase(),
                new Procedure.Shared(),
                null,
                1,
                7,
                0,
                out.commandedAt(),
                out.deadline(),
                Duration.ofSeconds(5),
                List.of("session"),
                List.of()));
  }

  @Test
  void a_shift_knows_what_green_has_now() {
    assertThat(((Effect.SendCommand) effect(Journey.to("shift-100"))).fromWeight()).isEqualTo(25);
    assertThat(((Effect.SendCommand) effect(Journey.to("soak"))).fromWeight()).isEqualTo(100);
  }

  @Test
  void every_phase_of_a_copy_knows_the_way_that_was_decided_on() {
    Journey journey = Journey.to("transfer", draft -> draft.copying(Way.DUMP));
    assertThat(((Effect.SendCommand) effect(journey)).way()).isEqualTo(Way.DUMP);
    assertThat(((Effect.SendCommand) effect(journey.until("soak"))).way()).isEqualTo(Way.DUMP);
  }

  @Test
  void a_runbook_is_asked_by_name() {
    Journey journey =
        Journey.to(
            "runbook-notify", draft -> draft.hooks(Inventories.hook("notify", "migrate-up")));
    Turn.Outstanding out = journey.outstanding();
    assertThat(effect(journey))
        .isEqualTo(
            new Effect.SendRunbook(
                "u-1/runbook-notify/1",
                Journey.UPGRADE,
                Journey.CLUSTER,
                0,
                "2.1.4",
                "2.2.2",
                "runbook-notify",
                "notify",
                null,
                1,
                5,
                out.commandedAt(),
                out.deadline()));
  }

  @Test
  void only_commands_have_effects() {
    Journey journey = Journey.admitted().untilEnded();
    UpgradeDecider decider = new UpgradeDecider();
    UpgradeState state = decider.initial();
    for (UpgradeEvent event : journey.events()) {
      state = decider.evolve(state, event);
      assertThat(decider.react(state, event))
          .hasSize(event instanceof UpgradeEvent.PhaseCommanded ? 1 : 0);
    }
  }

  @Test
  void a_command_in_a_state_that_does_not_work_is_a_fault() {
    UpgradeDecider decider = new UpgradeDecider();
    Instant at = Journey.T0;
    UpgradeEvent commanded = new UpgradeEvent.PhaseCommanded(at, "verify", 1, 1, at, at);
    UpgradeState queued = Journey.queued().state();
    assertThatThrownBy(() -> decider.react(queued, commanded)).isInstanceOf(BrokenInvariant.class);
  }

  private static Effect effect(Journey journey) {
    UpgradeDecider decider = new UpgradeDecider();
    return decider.react(journey.state(), journey.events().getLast()).getFirst();
  }
}
