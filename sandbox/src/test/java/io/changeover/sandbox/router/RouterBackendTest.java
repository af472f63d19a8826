package io.changeover.sandbox.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterBackendTest {

  private static RouterBackend backend(int blue, int green) {
    InetSocketAddress any = InetSocketAddress.createUnresolved("any", 1);
    return new RouterBackend(
        new RouterPlan.Backend(
            "b",
            List.of(
                new RouterPlan.Server("blue", any, blue, false),
                new RouterPlan.Server("green", any, green, false)),
            false));
  }

  private static List<String> turns(RouterBackend backend, int count) {
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RouterServer next = backend.next(null);
      turns.add(next == null ? "none" : next.name());
    }
    return turns;
  }

  @ParameterizedTest
  @CsvSource({"90, 10, 20", "95, 5, 10", "100, 100, 100", "100, 0, 0", "0, 100, 200", "75, 25, 50"})
  void the_split_of_200_requests_is_exact(int blue, int green, int expected) {
    Map<String, Integer> split = new TreeMap<>();
    turns(backend(blue, green), 200).forEach(name -> split.merge(name, 1, Integer::sum));

    assertThat(split.getOrDefault("green", 0)).isEqualTo(expected);
    assertThat(split.getOrDefault("blue", 0)).isEqualTo(200 - expected);
  }

  @Test
  void the_smaller_share_is_spread_evenly() {
    List<String> turns = turns(backend(90, 10), 100);

    for (int i = 0; i < 100; i += 10) {
      assertThat(turns.subList(i, i + 10)).containsOnlyOnce("green");
    }
  }

  @Test
  void a_server_that_failed_is_chosen_again_only_if_it_is_the_last_one() {
    RouterBackend both = backend(100, 100);
    RouterServer blue = both.server("blue").orElseThrow();
    RouterServer green = both.server("green").orElseThrow();

    assertThat(both.next(blue)).isSameAs(green);
    green.state(RouterServer.State.MAINT);
    assertThat(both.next(blue)).isSameAs(blue);
    blue.weight(0);
    assertThat(both.next(blue)).isNull();
  }
}
