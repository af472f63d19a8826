package io.changeover.traffic.decide;

import static io.changeover.traffic.testing.Observations.SIDES;
import static io.changeover.traffic.testing.Observations.backend;
import static io.changeover.traffic.testing.Observations.server;
import static io.changeover.traffic.testing.Observations.sessions;
import static io.changeover.traffic.testing.Observations.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.Observation;
import io.changeover.traffic.router.OperState;
import io.changeover.traffic.router.Server;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Drain, return and fence: what a reading leads to, and that following the choices always ends in
/// the wanted state without ever passing a forbidden one.
class RouterChoicesTest {

  private static Server blue(int number, int weight, AdminState admin) {
    return server("blue-" + number, weight, admin, OperState.UP);
  }

  private static Server green(int number, int weight, AdminState admin) {
    return server("green-" + number, weight, admin, OperState.UP);
  }

  @Test
  void a_drain_needs_the_other_side_to_carry_everything() {
    assertThat(DrainChoice.of(weights(0, 0, 100, 100), SIDES, Side.BLUE, false))
        .isEqualTo(new DrainChoice.Drain(List.of("blue-1", "blue-2")));
    assertThat(DrainChoice.of(weights(1, 0, 100, 100), SIDES, Side.BLUE, false))
        .isInstanceOf(DrainChoice.Refused.class);
    assertThat(DrainChoice.of(weights(0, 0, 0, 0), SIDES, Side.BLUE, false))
        .isInstanceOf(DrainChoice.Refused.class);
    assertThat(DrainChoice.of(backend(server("blue-1", 0)), SIDES, Side.BLUE, false))
        .isInstanceOf(DrainChoice.Refused.class);
  }

  @Test
  void a_drained_side_is_empty_when_its_last_request_ended() {
    Server busy = sessions(blue(1, 0, AdminState.DRAIN), 2);
    Server quiet = blue(2, 0, AdminState.MAINT);

    assertThat(
            DrainChoice.of(
                backend(busy, quiet, server("green-1", 1), server("green-2", 1)),
                SIDES,
                Side.BLUE,
                false))
        .isEqualTo(new DrainChoice.AwaitSessions(2));
    assertThat(
            DrainChoice.of(
                backend(sessions(busy, 0), quiet, server("green-1", 1), server("green-2", 1)),
                SIDES,
                Side.BLUE,
                false))
        .isEqualTo(new DrainChoice.Empty());
  }

  @Test
  void the_way_back_makes_blue_ready_first_then_moves_then_is_done() {
    Observation drained =
        backend(
            blue(1, 0, AdminState.DRAIN),
            blue(2, 0, AdminState.READY),
            green(1, 100, AdminState.READY),
            green(2, 100, AdminState.READY));

    assertThat(ReturnChoice.of(drained, SIDES))
        .isEqualTo(new ReturnChoice.MakeReady(List.of("blue-1")));
    assertThat(ReturnChoice.of(weights(0, 0, 100, 100), SIDES))
        .isEqualTo(
            new ReturnChoice.Move(
                List.of(
                    new WeightChange("blue-1", 100),
                    new WeightChange("blue-2", 100),
                    new WeightChange("green-1", 0),
                    new WeightChange("green-2", 0))));
    assertThat(ReturnChoice.of(weights(100, 100, 0, 0), SIDES))
        .isEqualTo(new ReturnChoice.Already());
  }

  @Test
  void green_keeps_its_traffic_only_while_it_serves_and_blue_does_not() {
    Server down1 = server("blue-1", 0, AdminState.READY, OperState.DOWN);
    Server down2 = server("blue-2", 0, AdminState.READY, OperState.DOWN);
    Server greenDown = server("green-1", 100, AdminState.READY, OperState.DOWN);

    assertThat(
            ReturnChoice.of(
                backend(down1, down2, server("green-1", 9), server("green-2", 9)), SIDES))
        .isInstanceOf(ReturnChoice.AwaitBlue.class);
    assertThat(ReturnChoice.of(backend(down1, down2, greenDown, server("green-2", 0)), SIDES))
        .isInstanceOf(ReturnChoice.Move.class);
    assertThat(ReturnChoice.of(backend(server("green-1", 9)), SIDES))
        .isEqualTo(new ReturnChoice.Unnamed(List.of("blue-1", "blue-2", "green-2")));
  }

  @Test
  void from_every_state_the_fence_ends_with_one_side_open_and_never_opens_a_second() {
    AdminState[] states = AdminState.values();
    int walked = 0;
    for (int code = 0; code < 81; code++) {
      List<Server> servers = new ArrayList<>();
      servers.add(blue(1, 1, states[code % 3]));
      servers.add(blue(2, 1, states[code / 3 % 3]));
      servers.add(green(1, 1, states[code / 9 % 3]));
      servers.add(green(2, 1, states[code / 27 % 3]));
      for (Side side : Side.values()) {
        walk(servers, side);
        walked++;
      }
    }
    assertThat(walked).isEqualTo(162);
  }

  /// Applies each choice one server at a time, as a router would see it.
  private static void walk(List<Server> start, Side side) {
    List<Server> now = new ArrayList<>(start);
    boolean bothAtStart = open(now, Side.BLUE) && open(now, Side.GREEN);
    for (int moves = 0; moves < 6; moves++) {
      switch (FenceChoice.of(backend(now.toArray(Server[]::new)), SIDES, side)) {
        case FenceChoice.Already() -> {
          assertThat(open(now, side)).isTrue();
          assertThat(open(now, side.other())).isFalse();
          return;
        }
        case FenceChoice.Close(var names) -> set(now, names, AdminState.MAINT, bothAtStart);
        case FenceChoice.Open(var names) -> set(now, names, AdminState.READY, false);
        case FenceChoice.AwaitSessions _, FenceChoice.AwaitUp _, FenceChoice.Refused _ ->
            throw new AssertionError("unexpected at " + now);
      }
    }
    throw new AssertionError("no end from " + start);
  }

  private static void set(
      List<Server> now, List<String> names, AdminState state, boolean bothAllowed) {
    for (String name : names) {
      now.replaceAll(s -> s.name().equals(name) ? server(name, 1, state, OperState.UP) : s);
      assertThat(bothAllowed || !(open(now, Side.BLUE) && open(now, Side.GREEN)))
          .as("two sides open in %s", now)
          .isTrue();
    }
  }

  private static boolean open(List<Server> servers, Side side) {
    return servers.stream()
        .anyMatch(s -> s.name().startsWith(side.word()) && s.admin() == AdminState.READY);
  }

  @Test
  void the_fence_waits_for_writes_under_way_and_for_a_server_that_is_up() {
    Server writing = sessions(server("blue-1", 1, AdminState.MAINT, OperState.DOWN), 1);
    Server closed = server("blue-2", 1, AdminState.MAINT, OperState.DOWN);
    Server down = server("green-1", 1, AdminState.READY, OperState.DOWN);

    assertThat(
            FenceChoice.of(
                backend(writing, closed, green(1, 1, AdminState.MAINT)), SIDES, Side.GREEN))
        .isEqualTo(new FenceChoice.AwaitSessions(1));
    assertThat(FenceChoice.of(backend(closed, down), SIDES, Side.GREEN))
        .isEqualTo(new FenceChoice.AwaitUp(List.of("green-1")));
  }

  @Test
  void an_admin_backend_with_strangers_or_without_the_side_is_refused() {
    assertThat(FenceChoice.of(backend(server("blue-1", 1), server("other", 1)), SIDES, Side.BLUE))
        .isInstanceOf(FenceChoice.Refused.class);
    assertThat(FenceChoice.of(backend(server("blue-1", 1)), SIDES, Side.GREEN))
        .isInstanceOf(FenceChoice.Refused.class);
    assertThat(FenceChoice.of(backend(server("blue-1", 0)), SIDES, Side.BLUE))
        .isInstanceOf(FenceChoice.Refused.class);
  }
}
