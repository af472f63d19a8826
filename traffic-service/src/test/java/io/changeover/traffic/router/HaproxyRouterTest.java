package io.changeover.traffic.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.traffic.testing.ScriptedRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that a router gives, and those it should not.
class HaproxyRouterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ABOUT =
      "Name: HAProxy\nVersion: 2.6.12\nPid: 7\nStart_time_sec: 99\n";
  private static final String STATES =
      """
      1
      # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_check_state
      3 p 1 blue-1 127.0.0.1 2 0 100 50 6
      3 p 2 green-1 127.0.0.1 0 5 0 0 0

      """;
  private static final String COUNTS =
      """
      # pxname,svname,scur,stot,econ,eresp,wretr,wredis,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,ttime,
      p,blue-1,3,100,4,2,5,6,50,10,10,13,,12,
      p,green-1,0,0,0,0,0,0,0,0,0,0,0,0,

      """;

  private ScriptedRuntime runtime;
  private HaproxyRouter router;

  @BeforeEach
  void start() {
    runtime =
        ScriptedRuntime.start()
            .on("show info", ABOUT)
            .on("show servers state p", STATES)
            .on("show stat p 4 -1", COUNTS);
    router =
        new HaproxyRouter(
            runtime.address(),
            new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(5)),
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() throws IOException {
    runtime.close();
  }

  private HaproxyRouter hasty() {
    return new HaproxyRouter(
        runtime.address(),
        new CallLimits(Duration.ofSeconds(5), Duration.ofMillis(200)),
        Clock.systemUTC());
  }

  @Test
  void three_answers_make_one_observation() {
    Counters counted = new Counters(95, 83, 13, 4, 6, 2);
    Server blue =
        new Server("blue-1", 100, 50, AdminState.READY, OperState.UP, true, 3, 12, counted);
    Server green =
        new Server("green-1", 0, 0, AdminState.MAINT, OperState.DOWN, false, 0, 0, Counters.ZERO);

    assertThat(router.read("p"))
        .isEqualTo(
            new Reading.Seen(
                new Observation(NOW, "HAProxy 2.6.12", "7@99", "p", List.of(blue, green))));
    assertThat(counted.completed()).isEqualTo(95);
    assertThat(counted.failures()).isEqualTo(25);
  }

  /// The bits as HAProxy's management guide lists them for srv_admin_state.
  @ParameterizedTest
  @CsvSource({
    "0, READY",
    "1, MAINT",
    "2, MAINT",
    "4, READY",
    "5, MAINT",
    "8, DRAIN",
    "16, DRAIN",
    "9, MAINT",
    "32, MAINT",
    "64, READY",
    "72, DRAIN"
  })
  void administrative_bits_are_understood(int bits, AdminState state) {
    runtime.on("show servers state p", STATES.replace(" 2 0 100", " 2 " + bits + " 100"));

    assertThat(((Reading.Seen) router.read("p")).observation().servers().getFirst().admin())
        .isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "Permission denied\n\n",
        "HTTP/1.1 400 Bad request\r\n",
        "2\n# be_id srv_name\n",
        "1\n# be_id be_name srv_id\n3 p 1\n",
        "1\n# be_id be_name srv_id srv_name srv_op_state srv_admin_state srv_uweight srv_iweight\n3 p 1 blue-1 7 0 1 1\n",
        "1\n# be_id be_name srv_id srv_name srv_op_state srv_admin_state srv_uweight srv_iweight\n3 p 1 blue-1 2 0 many 1\n",
        "1\n# be_id be_name srv_id srv_name srv_op_state srv_admin_state srv_uweight srv_iweight\n3 p 1 other 2 0 1 1\n",
      })
  void states_that_are_none_are_unknown(String answer) {
    runtime.on("show servers state p", answer);

    assertThat(router.read("p")).isInstanceOf(Reading.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "No such proxy.\n\n", "# pxname,svname,scur\n", "garbage"})
  void statistics_that_are_none_are_unknown(String answer) {
    runtime.on("show stat p 4 -1", answer);

    assertThat(router.read("p")).isInstanceOf(Reading.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Unknown command.\n", "Name: HAProxy\n"})
  void a_router_that_does_not_say_what_it_is_is_unknown(String answer) {
    runtime.on("show info", answer);

    assertThat(router.read("p"))
        .isInstanceOfSatisfying(
            Reading.Unknown.class, unknown -> assertThat(unknown.reason()).contains("expected"));
  }

  @Test
  void a_missing_backend_is_told_apart_from_an_unknown_router() {
    runtime.on("show servers state q", "Can't find backend.\n\n");

    assertThat(router.read("q")).isEqualTo(new Reading.NoBackend("Can't find backend."));
    assertThat(router.read("a b; quit")).isInstanceOf(Reading.NoBackend.class);
  }

  @Test
  void a_change_is_done_on_an_empty_answer_only() {
    runtime
        .on("set server p/blue-1 weight 5", "\n")
        .on("set server p/blue-1 state drain", "Permission denied\n\n");

    assertThat(router.setWeight("p", "blue-1", 5)).isEqualTo(new Change.Done());
    assertThat(router.setState("p", "blue-1", AdminState.DRAIN))
        .isEqualTo(new Change.Refused("Permission denied"));
  }

  @Test
  void a_router_that_accepts_and_stays_silent_is_unknown_after_the_limit() {
    assertThat(hasty().read("silent")).isInstanceOf(Reading.Unknown.class);
    assertThat(hasty().setWeight("p", "silent", 1))
        .isInstanceOfSatisfying(
            Change.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("no answer within 200 ms"));
  }

  @Test
  void a_host_that_is_not_known_is_unknown() {
    HaproxyRouter nowhere =
        new HaproxyRouter(
            new io.changeover.inventory.RuntimeAddress.Tcp("no.such.host.invalid", 1),
            CallLimits.DEFAULT,
            Clock.systemUTC());

    assertThat(nowhere.read("p"))
        .isInstanceOfSatisfying(
            Reading.Unknown.class, unknown -> assertThat(unknown.reason()).contains("not known"));
  }

  @Test
  void an_interrupted_call_is_unknown_and_the_interrupt_stays() throws InterruptedException {
    boolean[] interrupted = new boolean[1];
    Reading[] reading = new Reading[1];
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  reading[0] = router.read("silent");
                  interrupted[0] = Thread.currentThread().isInterrupted();
                });
    thread.interrupt();
    thread.join();

    assertThat(reading[0]).isInstanceOf(Reading.Unknown.class);
    assertThat(interrupted[0]).isTrue();
  }
}
