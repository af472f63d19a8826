package io.changeover.traffic.decide;

import static io.changeover.traffic.testing.Observations.SIDES;
import static io.changeover.traffic.testing.Observations.backend;
import static io.changeover.traffic.testing.Observations.server;
import static io.changeover.traffic.testing.Observations.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.OperState;
import io.changeover.traffic.router.Server;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "100, 100, 0, 0, 0, 25, 1, Move",
    "50, 70, 0, 0, 0, 25, 1, Move",
    "3, 3, 1, 1, 0, 25, 1, Already",
    "3, 3, 1, 1, 25, 50, 1, Move",
    "3, 100, 0, 0, 0, 25, 1, Move",
    "3, 100, 1, 0, 0, 25, 1, Move",
    "100, 100, 7, 0, 0, 25, 1, ChangedBehindOurBack",
    "100, 100, 0, 0, 25, 50, 1, ChangedBehindOurBack",
    "100, 100, 0, 0, 25, 50, 2, Returned",
    "100, 1, 1, 1, 25, 50, 1, ChangedBehindOurBack",
    "100, 1, 1, 1, 25, 50, 2, Returned",
    "100, 100, 0, 1, 25, 50, 2, Returned",
    "100, 100, 0, 7, 25, 50, 2, ChangedBehindOurBack",
    "100, 0, 100, 100, 100, 100, 2, Returned",
    "0, 0, 0, 0, 0, 25, 1, ChangedBehindOurBack",
    "0, 0, 100, 100, 100, 100, 1, Already",
    "6, 6, 2, 2, 0, 25, 1, Move",
  })
  void what_was_found_decides(
      int blue1, int blue2, int green1, int green2, int from, int to, int attempt, String choice) {
    ShiftChoice chosen =
        ShiftChoice.of(weights(blue1, blue2, green1, green2), SIDES, from, to, attempt);

    assertThat(chosen.getClass().getSimpleName()).isEqualTo(choice);
  }

  private static Observation with(Server changed) {
    return backend(
        weights(100, 100, 0, 0).servers().stream()
            .map(server -> server.name().equals(changed.name()) ? changed : server)
            .toArray(Server[]::new));
  }

  @Test
  void servers_that_would_get_traffic_must_be_ready_and_up() {
    Server drained = server("green-1", 0, AdminState.DRAIN, OperState.UP);
    Server down = server("green-1", 0, AdminState.READY, OperState.DOWN);
    Server blueDown = server("blue-2", 100, AdminState.READY, OperState.DOWN);

    assertThat(ShiftChoice.of(with(drained), SIDES, 0, 25, 1))
        .isEqualTo(new ShiftChoice.NotReady(List.of("green-1"), false));
    assertThat(ShiftChoice.of(with(down), SIDES, 0, 25, 1))
        .isEqualTo(new ShiftChoice.NotReady(List.of("green-1"), true));
    assertThat(ShiftChoice.of(with(blueDown), SIDES, 0, 25, 1))
        .isEqualTo(new ShiftChoice.NotReady(List.of("blue-2"), true));
    assertThat(ShiftChoice.of(with(blueDown), SIDES, 0, 100, 1))
        .isInstanceOf(ShiftChoice.Move.class);
  }

  @Test
  void missing_doubled_and_foreign_servers_are_named() {
    Observation observation =
        backend(server("blue-1", 100), server("green-1", 0), server("other", 5));

    assertThat(ShiftChoice.of(observation, SIDES, 0, 25, 1))
        .isEqualTo(new ShiftChoice.Unnamed(List.of("blue-2", "green-2")));
    assertThat(
            ShiftChoice.of(observation, new Sides(List.of("blue-1"), List.of("green-1")), 0, 25, 1))
        .isEqualTo(new ShiftChoice.Foreign(List.of("other")));
    assertThat(
            ShiftChoice.of(observation, new Sides(List.of("blue-1"), List.of("blue-1")), 0, 25, 1))
        .isEqualTo(new ShiftChoice.Unnamed(List.of("blue-1")));
  }

  @Test
  void a_server_in_maintenance_on_the_other_side_is_named_before_any_weight_moves() {
    Observation half =
        backend(
            server("blue-1", 1),
            server("blue-2", 1, AdminState.MAINT, OperState.DOWN),
            server("green-1", 1),
            server("green-2", 1));

    assertThat(ShiftChoice.of(half, SIDES, 50, 60, 1))
        .isEqualTo(new ShiftChoice.NotReady(List.of("blue-2"), false));
  }
}
