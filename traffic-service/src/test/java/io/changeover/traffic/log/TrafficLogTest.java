package io.changeover.traffic.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.changeover.inventory.HostPort;
import io.changeover.traffic.decide.Latencies;
import io.changeover.traffic.decide.LogWindow;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.testing.Eventually;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficLogTest {

  private static final Sides SIDES = new Sides(List.of("blue-1"), List.of("green-1"));

  private TrafficLog log;
  private DatagramSocket socket;

  @BeforeEach
  void start() throws IOException {
    log = TrafficLog.listen(new HostPort("127.0.0.1", 0));
    socket = new DatagramSocket();
  }

  @AfterEach
  void stop() {
    socket.close();
    log.close();
  }

  private void send(String backend, String server, String termination, long millis) {
    sendText(
        "changeover/1 b=%s s=%s st=200 ts=%s ta=%d"
            .formatted(backend, server, termination, millis));
  }

  private void sendText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), log.port()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Everything sent so far has been read once this has.
  private void flush() {
    long before = log.unreadable();
    sendText("no line");
    Eventually.until("the datagrams", () -> log.unreadable() > before);
  }

  @Test
  void percentiles_are_those_of_the_times_to_one_per_cent() {
    long seed = 42L;
    long[] times =
        new Random(seed).doubles(2_000, 0, 1).mapToLong(x -> (long) (1_000 * x * x * x)).toArray();
    try (Tap tap = log.tap("p", SIDES)) {
      for (int i = 0; i < times.length; i++) {
        send("p", "green-1", "--", times[i]);
        if (i % 100 == 99) {
          flush();
        }
      }
      Latencies green = tap.drain().green();

      Arrays.sort(times);
      assertThat(green.lines()).isEqualTo(times.length);
      assertThat(green.p50()).isCloseTo((double) times[999], withinPercentage(1));
      assertThat(green.p95()).isCloseTo((double) times[1_899], withinPercentage(1));
      assertThat(green.p99()).isCloseTo((double) times[1_979], withinPercentage(1));
      double mean = Arrays.stream(times).average().orElseThrow();
      assertThat(green.mean()).isCloseTo(mean, within(1 + mean * 0.01));
    }
  }

  @Test
  void sides_backends_and_windows_are_kept_apart() {
    try (Tap tap = log.tap("p", SIDES);
        Tap other = log.tap("q", SIDES)) {
      send("p", "blue-1", "--", 5);
      send("p", "green-1", "--", 7);
      send("p", "stranger", "--", 900);
      send("q", "green-1", "--", 900);
      flush();
      LogWindow first = tap.drain();
      send("p", "green-1", "--", 9);
      flush();

      assertThat(first.blue().p50()).isEqualTo(5);
      assertThat(first.green().lines()).isEqualTo(1);
      assertThat(tap.drain())
          .isEqualTo(new LogWindow(Latencies.NONE, new Latencies(1, 9, 9, 9, 9)));
      assertThat(other.drain().green().lines()).isEqualTo(1);
    }
  }

  @Test
  void requests_that_their_clients_cut_short_do_not_count() {
    try (Tap tap = log.tap("p", SIDES)) {
      send("p", "green-1", "CD", 30_000);
      send("p", "green-1", "SC", -1);
      flush();

      assertThat(tap.drain()).isEqualTo(LogWindow.NONE);
    }
  }

  @Test
  void a_closed_tap_gets_nothing_more() {
    Tap tap = log.tap("p", SIDES);
    tap.close();
    send("p", "green-1", "--", 1);
    flush();

    assertThat(tap.drain()).isEqualTo(LogWindow.NONE);
  }

  @Test
  void an_address_in_use_is_an_error_at_once() {
    assertThatThrownBy(() -> TrafficLog.listen(new HostPort("127.0.0.1", log.port())))
        .isInstanceOf(IOException.class);
  }
}
