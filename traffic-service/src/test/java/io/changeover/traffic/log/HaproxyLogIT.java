package io.changeover.traffic.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.HostPort;
import io.changeover.traffic.decide.LogWindow;
import io.changeover.traffic.decide.Sides;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.Eventually;
import io.changeover.traffic.testing.HaproxyProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real HAProxy's log stream against what really happened.
class HaproxyLogIT {

  private static final int SLOW_MILLIS = 400;

  @TempDir Path folder;
  private Estate estate;
  private TrafficLog log;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.start(folder);
    log = TrafficLog.listen(new HostPort("127.0.0.1", estate.haproxy().syslogPort()));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.close();
    log.close();
    estate.close();
  }

  private void ask(int times) throws IOException, InterruptedException {
    URI front = URI.create("http://127.0.0.1:" + estate.haproxy().frontPort() + "/");
    for (int i = 0; i < times; i++) {
      client.send(HttpRequest.newBuilder(front).build(), BodyHandlers.discarding());
    }
  }

  private Tap tap() {
    return log.tap(
        HaproxyProcess.PROXY,
        new Sides(List.of("blue-1", "blue-2"), List.of("green-1", "green-2")));
  }

  @Test
  void every_request_is_a_line_and_slow_ones_show_in_the_percentiles_where_they_belong()
      throws Exception {
    long[] lines = new long[1];
    double[] longest = new double[1];
    double[] middle = new double[1];
    try (Tap tap = tap()) {
      ask(95);
      Eventually.until("the quick lines", () -> (lines[0] += tap.drain().blue().lines()) == 95);
      estate.blue().forEach(up -> up.slow(Duration.ofMillis(SLOW_MILLIS)));
      ask(5);
      lines[0] = 0;
      Eventually.until(
          "the slow lines",
          () -> {
            LogWindow window = tap.drain();
            lines[0] += window.blue().lines();
            longest[0] = Math.max(longest[0], window.blue().p99());
            middle[0] = Math.max(middle[0], window.blue().p50());
            return lines[0] == 5;
          });

      assertThat(longest[0]).isGreaterThanOrEqualTo(SLOW_MILLIS * 0.99);
      assertThat(middle[0]).isGreaterThanOrEqualTo(SLOW_MILLIS * 0.99);
    }
  }

  @Test
  void a_client_that_goes_away_is_no_line_of_the_server_and_no_failure_at_the_router()
      throws Exception {
    estate.blue().forEach(up -> up.slow(Duration.ofSeconds(2)));
    try (Tap tap = tap()) {
      goAwayInTheMiddle();
      Eventually.until("the end of the session", () -> sessions() == 0);

      assertThat(
              estate.observe(HaproxyProcess.PROXY).counters(List.of("blue-1", "blue-2")).failures())
          .isZero();
      estate.blue().forEach(up -> up.slow(Duration.ZERO));
      ask(1);
      long[] lines = new long[1];
      Eventually.until(
          "the other client's line", () -> (lines[0] += tap.drain().blue().lines()) > 0);
      assertThat(lines[0]).isEqualTo(1);
    }
  }

  private void goAwayInTheMiddle() throws IOException {
    try (Socket impatient =
        new Socket(InetAddress.getLoopbackAddress(), estate.haproxy().frontPort())) {
      impatient
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Eventually.until("the request at blue", () -> sessions() == 1);
      impatient.setSoLinger(true, 0);
    }
  }

  private long sessions() {
    return estate.observe(HaproxyProcess.PROXY).servers().stream()
        .mapToLong(server -> server.sessions())
        .sum();
  }
}
