package io.changeover.traffic.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every adapter of [Router] must do, at a real router with two blue and two green servers
/// that all answer.
///
/// Subclasses say where it is. To run it against a router of your own, see [NamedRouterIT].
abstract class RouterConformance {

  private static final String BLUE = "blue-1";
  private static final String GREEN = "green-1";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  abstract Router router();

  abstract String backend();

  abstract URI front();

  /// The backend of the Admin APIs, and where its clients go.
  abstract String adminBackend();

  abstract URI adminFront();

  /// A router at an address where nothing listens.
  abstract Router absentRouter();

  @BeforeEach
  void only_blue_and_green_one_at_half() {
    for (Server server : observe().servers()) {
      router().setState(backend(), server.name(), AdminState.READY);
      int weight = server.name().equals(BLUE) || server.name().equals(GREEN) ? 10 : 0;
      router().setWeight(backend(), server.name(), weight);
    }
  }

  private Observation observe() {
    Reading reading = router().read(backend());
    assertThat(reading).isInstanceOf(Reading.Seen.class);
    return ((Reading.Seen) reading).observation();
  }

  private Server server(String name) {
    return observe().server(name).orElseThrow();
  }

  private void ask(int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      HttpRequest request = HttpRequest.newBuilder(front()).GET().build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private long requests(Observation before, Observation after, String server) {
    return after
        .server(server)
        .orElseThrow()
        .counters()
        .since(before.server(server).orElseThrow().counters())
        .orElseThrow()
        .requests();
  }

  @Test
  void a_reading_names_product_process_and_servers() {
    Observation observation = observe();

    assertThat(observation.product()).isNotBlank();
    assertThat(observation.process()).isEqualTo(observe().process());
    assertThat(observation.servers())
        .extracting(Server::name)
        .contains("blue-1", "blue-2", "green-1", "green-2");
  }

  @Test
  void a_weight_that_was_set_is_read_back() {
    for (int weight : List.of(0, 1, 100, Router.MAX_WEIGHT)) {
      assertThat(router().setWeight(backend(), GREEN, weight)).isEqualTo(new Change.Done());
      assertThat(server(GREEN).weight()).isEqualTo(weight);
    }
  }

  @Test
  void a_state_that_was_set_is_read_back() {
    for (AdminState state : AdminState.values()) {
      assertThat(router().setState(backend(), GREEN, state)).isEqualTo(new Change.Done());
      assertThat(server(GREEN).admin()).isEqualTo(state);
    }
  }

  @Test
  void ready_ends_drain_and_maintenance_alike() {
    for (AdminState state : List.of(AdminState.DRAIN, AdminState.MAINT)) {
      router().setState(backend(), GREEN, state);
      router().setState(backend(), GREEN, AdminState.READY);
      assertThat(server(GREEN).usable()).as("after %s", state).isTrue();
    }
  }

  @Test
  void requests_follow_the_weights_and_are_counted() throws Exception {
    router().setWeight(backend(), BLUE, 3);
    router().setWeight(backend(), GREEN, 1);
    Observation before = observe();

    ask(200);

    Observation after = observe();
    assertThat(requests(before, after, BLUE) + requests(before, after, GREEN)).isEqualTo(200);
    assertThat(requests(before, after, GREEN)).isBetween(45L, 55L);
    assertThat(after.counters(List.of(GREEN)).answered()).isGreaterThanOrEqualTo(45L);
  }

  @Test
  void a_server_of_weight_zero_gets_nothing_and_stays_ready() throws Exception {
    router().setWeight(backend(), GREEN, 0);
    Observation before = observe();

    ask(50);

    assertThat(requests(before, observe(), GREEN)).isZero();
    assertThat(server(GREEN).admin()).isEqualTo(AdminState.READY);
  }

  @Test
  void a_server_in_drain_or_maintenance_gets_nothing() throws Exception {
    for (AdminState state : List.of(AdminState.DRAIN, AdminState.MAINT)) {
      router().setState(backend(), GREEN, state);
      Observation before = observe();

      ask(50);

      assertThat(requests(before, observe(), GREEN)).as("in %s", state).isZero();
    }
  }

  @Test
  void nothing_is_left_in_work_once_all_was_answered() throws Exception {
    ask(20);

    assertThat(observe().servers()).allSatisfy(server -> assertThat(server.sessions()).isZero());
  }

  @Test
  void a_freeze_is_read_back_denies_writes_and_lets_reads_pass() throws Exception {
    AdminFront front = new AdminFront(adminFront(), CallLimits.DEFAULT);
    for (int round = 0; round < 2; round++) {
      assertThat(router().setFreeze(adminBackend(), FreezeState.FROZEN))
          .isEqualTo(new Change.Done());
      assertThat(router().readFreeze(adminBackend()))
          .isEqualTo(new FreezeReading.Seen(FreezeState.FROZEN, true));
      assertThat(front.write()).isEqualTo(new FrontAnswer.Denied(403));
      assertThat(front.read()).isEqualTo(new FrontAnswer.Passed(200));
      ask(1);

      assertThat(router().setFreeze(adminBackend(), FreezeState.OPEN)).isEqualTo(new Change.Done());
      assertThat(front.write()).isEqualTo(new FrontAnswer.Passed(200));
    }
    assertThat(router().readFreeze("another_backend"))
        .isEqualTo(new FreezeReading.Seen(FreezeState.OPEN, false));
  }

  @Test
  void an_unknown_backend_or_server_is_told() {
    assertThat(router().read("no-such-backend")).isInstanceOf(Reading.NoBackend.class);
    assertThat(router().setWeight(backend(), "no-such-server", 1))
        .isInstanceOf(Change.Refused.class);
    assertThat(router().setState("no-such-backend", GREEN, AdminState.READY))
        .isInstanceOf(Change.Refused.class);
  }

  @Test
  void a_weight_out_of_range_or_a_name_that_is_none_is_refused() {
    assertThat(router().setWeight(backend(), GREEN, Router.MAX_WEIGHT + 1))
        .isInstanceOf(Change.Refused.class);
    assertThat(router().setWeight(backend(), "green-1 weight 0\nset server x/y", 1))
        .isInstanceOf(Change.Refused.class);
    assertThat(server(GREEN).weight()).isEqualTo(10);
  }

  @Test
  void a_router_that_is_not_there_is_unknown() {
    assertThat(absentRouter().read(backend())).isInstanceOf(Reading.Unknown.class);
    assertThat(absentRouter().setWeight(backend(), GREEN, 1)).isInstanceOf(Change.Unknown.class);
    assertThat(absentRouter().setState(backend(), GREEN, AdminState.READY))
        .isInstanceOf(Change.Unknown.class);
    assertThat(absentRouter().readFreeze(adminBackend())).isInstanceOf(FreezeReading.Unknown.class);
    assertThat(absentRouter().setFreeze(adminBackend(), FreezeState.FROZEN))
        .isInstanceOf(Change.Unknown.class);
  }
}
