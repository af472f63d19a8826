package io.changeover.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.http.HttpListener;
import io.changeover.sandbox.http.Request;
import io.changeover.sandbox.http.Response;
import io.changeover.sandbox.seed.SeedPlan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client against a cluster made up here, which answers right until it is told otherwise.
class LoadClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SeedPlan PLAN =
      new SeedPlan(3, 10, 20, 5, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1));

  private final EventLoops loops = EventLoops.start(1);
  private final Map<String, SeedPlan.Call> calls = new HashMap<>();
  private volatile int status = 200;
  private volatile String nonce = "";
  private volatile int delayMillis;
  private HttpListener cluster;
  private LoadClient client;

  @BeforeEach
  void startAll() throws Exception {
    for (int route = 0; route < PLAN.routes(); route++) {
      for (int consumer = 0; consumer < PLAN.consumers(); consumer++) {
        SeedPlan.Call call = PLAN.call(route, consumer, "/x");
        calls.put(call.host() + call.path() + call.key(), call);
      }
    }
    cluster =
        HttpListener.open(
            loops,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            (request, peer) -> answer(request));
    client = start(Duration.ofSeconds(20));
  }

  private LoadClient start(Duration answerLimit) {
    return LoadClient.start(
        new LoadProfile(cluster.address(), 200, 0.3, 4, 100, answerLimit, PLAN));
  }

  @AfterEach
  void stopAll() {
    client.close();
    cluster.close();
    loops.close();
  }

  private CompletionStage<Response> answer(Request request) {
    Response response = right(request).with("Via", "kong/2.1.4");
    return CompletableFuture.supplyAsync(
        () -> response, CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS));
  }

  private Response right(Request request) {
    if (status != 200) {
      return Response.of(status, "text/plain", "no");
    }
    if (request.path().equals(SeedPlan.HEALTH_PATH)) {
      return Response.of(200, "application/json", "{\"message\":\"healthy\"}");
    }
    var headers = request.headers();
    SeedPlan.Call call =
        calls.get(headers.get("Host") + request.path() + headers.get("apikey", ""));
    if (call == null) {
      return Response.of(404);
    }
    String json =
        "{\"method\":\"%s\",\"path\":\"%s\",\"headers\":{\"X-Nonce\":\"%s\",\"X-Consumer-Username\":\"%s\"},\"body\":\"%s\"}"
            .formatted(
                request.method(),
                call.upstreamPath(),
                nonce.isEmpty() ? headers.get("X-Nonce") : nonce,
                call.consumer(),
                request.text());
    return Response.of(200, "application/json", json);
  }

  private LoadReport await(Predicate<LoadReport> condition) {
    Instant limit = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(limit)) {
      LoadReport report = client.report();
      if (condition.test(report)) {
        return report;
      }
      LockSupport.parkNanos(20_000_000);
    }
    throw new AssertionError("never came true: " + client.report());
  }

  @Test
  void right_answers_are_no_failures_and_the_end_makes_none() throws Exception {
    delayMillis = 50;
    await(report -> report.ok() > 200 && report.inFlight() > 0);

    LoadReport last = client.stop();

    assertThat(last.recentFailures()).isEmpty();
    assertThat(last.failed()).isZero();
    assertThat(last.inFlight()).isZero();
    assertThat(last.sent()).isEqualTo(last.ok());
    assertThat(last.fresh()).isPositive();
    assertThat(last.keptAlive()).isPositive();
    assertThat(last.servedBy()).containsOnlyKeys("2.1.4");
    assertThat(last.p50Ms()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void a_killed_cluster_is_counted_as_failed_and_refused() throws Exception {
    await(report -> report.ok() > 50);
    cluster.close();

    LoadReport after = await(report -> report.failures().getOrDefault("refused", 0L) > 20);
    LoadReport last = client.stop();

    assertThat(after.failed()).isPositive();
    assertThat(last.sent()).isEqualTo(last.ok() + last.failed());
    assertThat(last.recentFailures()).isNotEmpty();
  }

  @Test
  void a_request_that_is_cut_is_a_failure() {
    delayMillis = 2_000;
    await(report -> report.inFlight() > 50);
    cluster.close();

    await(
        report ->
            report.failures().getOrDefault("closed", 0L)
                    + report.failures().getOrDefault("closed-reused", 0L)
                > 20);
  }

  @Test
  void wrong_answers_are_failures_of_their_kind() {
    status = 500;
    await(report -> report.failures().getOrDefault("status-500", 0L) > 20);

    status = 200;
    nonce = "somebody-elses";
    await(report -> report.failures().getOrDefault("wrong-echo", 0L) > 20);
  }

  @Test
  void a_late_answer_is_a_failure() throws Exception {
    client.close();
    delayMillis = 5_000;
    client = start(Duration.ofMillis(200));

    await(report -> report.failures().getOrDefault("timeout", 0L) > 20);
  }

  @Test
  void a_kept_connection_that_ends_while_it_rests_is_replaced_without_a_failure() {
    await(report -> report.ok() > 50);
    long before = client.report().closedIdle();

    for (int i = 0; i < 20; i++) {
      cluster.recycle();
      long answered = client.report().ok();
      await(report -> report.ok() > answered + 20);
    }

    LoadReport report = await(now -> now.closedIdle() > before);
    // A request that is on its way when the node lets go of a connection is lost, on a fresh one
    // too.
    assertThat(report.failures().keySet()).isSubsetOf("closed-reused", "closed");
  }

  @Test
  void the_report_as_json_has_every_fact() throws Exception {
    LoadReport report = await(now -> now.ok() > 50);

    JsonNode json = new ObjectMapper().readTree(report.toJson());

    assertThat(json.path("ok").asLong()).isEqualTo(report.ok());
    assertThat(json.path("servedBy").path("2.1.4").asLong()).isPositive();
    assertThat(Instant.parse(json.path("startedAt").asText())).isEqualTo(report.startedAt());
    assertThat(json.path("running").asBoolean()).isTrue();
    assertThat(json.path("failures").isObject()).isTrue();
  }
}
