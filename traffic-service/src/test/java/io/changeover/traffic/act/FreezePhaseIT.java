package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.TrafficStep;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.router.AdminFront;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.router.CallLimits;
import io.changeover.traffic.router.FreezeReading;
import io.changeover.traffic.router.FreezeState;
import io.changeover.traffic.router.FrontAnswer;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.Eventually;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.worker.Outcome;
import io.changeover.worker.PhaseWork;
import io.changeover.worker.SupersededException;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The freeze of blue's Admin API at a real HAProxy.
class FreezePhaseIT {

  @TempDir Path folder;
  private Estate estate;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.start(folder);
    cluster = estate.copied();
  }

  @AfterEach
  void stop() {
    estate.close();
  }

  private Outcome freeze() throws InterruptedException {
    return run(new FreezePhase(estate.tools()), Actions.FREEZE_ADMIN, "blue", Integer.MAX_VALUE);
  }

  private Outcome open(String side) throws InterruptedException {
    return open(side, Integer.MAX_VALUE);
  }

  private Outcome open(String side, int effects) throws InterruptedException {
    return run(new FencePhase(estate.tools()), Actions.OPEN_ADMIN, side, effects);
  }

  private Outcome run(PhaseWork work, String action, String side, int effects)
      throws InterruptedException {
    return work.run(
        FakePhaseContext.of(
                FakePhaseContext.command("payments", action).setSide(side).build(), cluster)
            .cancelAfterEffects(effects));
  }

  private AdminFront front() {
    return new AdminFront(
        URI.create("http://127.0.0.1:" + estate.haproxy().adminPort()), CallLimits.DEFAULT);
  }

  private FreezeReading reading() {
    return estate.hand().readFreeze(HaproxyProcess.ADMIN);
  }

  private static void assertFrozen(Outcome outcome) {
    assertThat(outcome.facts())
        .as("%s", outcome)
        .containsEntry(Facts.ADMIN_OPEN, "none")
        .containsEntry(Facts.ADMIN_FROZEN, "blue")
        .containsEntry(Facts.ADMIN_FENCED, "true");
  }

  private static Outcome.Failed failed(Outcome outcome, FailureKind kind) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(kind));
    return (Outcome.Failed) outcome;
  }

  @Test
  void writes_are_denied_by_the_router_reads_pass_and_a_repeat_changes_nothing() throws Exception {
    for (int attempt = 0; attempt < 3; attempt++) {
      assertFrozen(freeze());
      assertThat(front().write()).isEqualTo(new FrontAnswer.Denied(403));
      assertThat(front().read()).isEqualTo(new FrontAnswer.Passed(200));
      assertThat(reading()).isEqualTo(new FreezeReading.Seen(FreezeState.FROZEN, true));
    }
    assertThat(estate.observe(HaproxyProcess.ADMIN).servers())
        .extracting(server -> server.admin())
        .isEqualTo(List.of(AdminState.READY, AdminState.READY, AdminState.MAINT, AdminState.MAINT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void no_method_but_get_and_head_passes(String method) throws Exception {
    freeze();
    assertThat(send(method).statusCode()).isEqualTo(403);
    assertThat(send("HEAD").statusCode()).isEqualTo(200);
  }

  private HttpResponse<Void> send(String method) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + estate.haproxy().adminPort() + "/services"))
              .method(method, BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(30))
              .build(),
          BodyHandlers.discarding());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"green", "blue"})
  void open_admin_lifts_the_freeze_on_either_side(String side) throws Exception {
    freeze();

    assertThat(open(side).facts())
        .containsEntry(Facts.ADMIN_OPEN, side)
        .containsEntry(Facts.ADMIN_FROZEN, "none");

    assertThat(front().write()).isEqualTo(new FrontAnswer.Passed(200));
    assertThat(open(side).facts()).containsEntry(Facts.ADMIN_FROZEN, "none");
  }

  @Test
  void a_worker_that_dies_at_any_seam_of_the_way_to_green_never_lets_a_write_to_blue()
      throws Exception {
    for (int effects = 0; effects < 6; effects++) {
      open("blue");
      freeze();
      try {
        open("green", effects);
      } catch (SupersededException expected) {
        assertThat(expected).hasMessageContaining("cancelled");
      }
      boolean blueReady =
          estate.observe(HaproxyProcess.ADMIN).servers().stream()
              .anyMatch(s -> s.name().startsWith("blue") && s.admin() == AdminState.READY);
      assertThat(blueReady && front().write() instanceof FrontAnswer.Passed)
          .as("a write passed to blue after %d effects", effects)
          .isFalse();
      assertThat(open("green").facts()).containsEntry(Facts.ADMIN_FROZEN, "none");
    }
  }

  @Test
  void a_worker_killed_between_set_and_proof_is_followed_by_one_that_proves() throws Exception {
    try {
      run(new FreezePhase(estate.tools()), Actions.FREEZE_ADMIN, "blue", 1);
    } catch (SupersededException expected) {
      assertThat(expected).hasMessageContaining("cancelled");
    }
    assertThat(reading()).isEqualTo(new FreezeReading.Seen(FreezeState.FROZEN, true));
    assertFrozen(freeze());
  }

  @Test
  void a_write_under_way_is_waited_for() throws Exception {
    estate.blue().forEach(up -> up.slow(Duration.ofSeconds(2)));
    CompletableFuture<HttpResponse<Void>> write = CompletableFuture.supplyAsync(this::slowWrite);
    Eventually.until(
        "the write at blue", () -> estate.blue().stream().anyMatch(up -> up.slowed() > 0));
    estate.blue().forEach(up -> up.slow(Duration.ZERO));

    Outcome outcome = freeze();

    assertFrozen(outcome);
    assertThat(sessions()).as("requests in work at blue").isZero();
    assertThat(write.get().statusCode()).isEqualTo(200);
  }

  private HttpResponse<Void> slowWrite() {
    try {
      return send("POST");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long sessions() {
    return estate.observe(HaproxyProcess.ADMIN).servers().stream()
        .mapToLong(server -> server.sessions())
        .sum();
  }

  @Test
  void after_a_restart_of_the_router_the_freeze_is_set_again() throws Exception {
    freeze();
    estate.haproxy().restart();
    assertThat(front().write()).isEqualTo(new FrontAnswer.Passed(200));

    assertFrozen(freeze());
    assertThat(front().write()).isEqualTo(new FrontAnswer.Denied(403));
  }

  @Test
  void a_freeze_that_is_gone_holds_the_shift_and_the_drain_and_is_not_set_again() throws Exception {
    freeze();
    estate.hand().setFreeze(HaproxyProcess.ADMIN, FreezeState.OPEN);

    for (Outcome outcome : List.of(shift(), drain())) {
      assertThat(failed(outcome, FailureKind.FATAL).reason()).contains("freeze is gone");
    }
    assertThat(reading()).isEqualTo(new FreezeReading.Seen(FreezeState.OPEN, true));
    assertThat(estate.weights()).containsExactly(100, 100, 0, 0);
  }

  private Outcome shift() throws InterruptedException {
    TrafficStep step = TrafficStep.newBuilder().setFromWeight(0).setSetWeight(10).build();
    return new ShiftPhase(estate.tools())
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("payments", Actions.SHIFT).setStep(step).build(),
                cluster));
  }

  private Outcome drain() throws InterruptedException {
    return run(new DrainPhase(estate.tools()), Actions.DRAIN, "blue", Integer.MAX_VALUE);
  }

  @Test
  void a_frozen_cluster_drains_as_any_other() throws Exception {
    freeze();
    estate.hand().setWeight(HaproxyProcess.PROXY, "green-1", 100);
    estate.hand().setWeight(HaproxyProcess.PROXY, "blue-1", 0);
    estate.hand().setWeight(HaproxyProcess.PROXY, "blue-2", 0);

    assertThat(drain()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_router_without_the_rule_is_a_clear_error_and_a_blocker_of_the_preflight()
      throws Exception {
    estate.haproxy().restartWithoutFreeze();

    assertThat(failed(freeze(), FailureKind.FATAL).expected())
        .contains("http-request deny", "changeover-freeze.map");
    Outcome preflight =
        run(new PreflightPhase(estate.tools()), Actions.PREFLIGHT_ROUTER, "blue", 99);
    failed(preflight, FailureKind.FATAL);
    assertThat(preflight.findings()).extracting(Finding::getCode).contains("admin.no-freeze");
    assertThat(open("blue").facts())
        .containsEntry(Facts.ADMIN_OPEN, "blue")
        .doesNotContainKey(Facts.ADMIN_FROZEN);
  }

  @Test
  void the_preflight_of_a_copy_says_that_the_router_can_freeze_and_what_is_missing()
      throws Exception {
    Outcome ready = run(new PreflightPhase(estate.tools()), Actions.PREFLIGHT_ROUTER, "blue", 99);
    assertThat(ready).isInstanceOf(Outcome.Done.class);
    assertThat(ready.findings()).extracting(Finding::getCode).contains("admin.freeze");

    cluster = Estate.as(cluster.procedure(), estate.cluster(false, true));
    Outcome bare = run(new PreflightPhase(estate.tools()), Actions.PREFLIGHT_ROUTER, "blue", 99);
    assertThat(bare.findings())
        .filteredOn(finding -> finding.getCode().equals("admin.no-freeze"))
        .hasSize(2);
    assertThat(failed(freeze(), FailureKind.FATAL).reason())
        .contains("router.haproxy.adminBackend");
  }

  @Test
  void a_front_that_leads_past_the_rule_is_found_by_the_write_that_passes() throws Exception {
    cluster = front(cluster, URI.create("http://127.0.0.1:" + estate.blue().getFirst().port()));

    assertThat(failed(freeze(), FailureKind.FATAL).reason())
        .contains("a write was answered with 200");
  }

  @Test
  void a_front_where_nobody_answers_is_retried() throws Exception {
    cluster = front(cluster, URI.create("http://127.0.0.1:1"));

    assertThat(failed(freeze(), FailureKind.RETRYABLE).reason()).contains("could not be proved");
  }

  private static Cluster front(Cluster cluster, URI front) {
    io.changeover.inventory.Haproxy old = (io.changeover.inventory.Haproxy) cluster.router();
    return new Cluster(
        cluster.name(),
        cluster.topology(),
        cluster.procedure(),
        cluster.serving(),
        cluster.datastore(),
        cluster.versions(),
        cluster.probe(),
        new io.changeover.inventory.Haproxy(
            old.runtime(), old.backend(), old.adminBackend(), Optional.of(front), old.syslog()),
        cluster.fence(),
        cluster.upgrade(),
        cluster.source());
  }

  @Test
  void only_blue_is_frozen() throws Exception {
    assertThat(
            failed(
                    run(new FreezePhase(estate.tools()), Actions.FREEZE_ADMIN, "green", 9),
                    FailureKind.FATAL)
                .reason())
        .contains("green");
  }

  @Test
  void a_router_that_does_not_answer_is_retryable() throws Exception {
    estate.haproxy().kill();

    failed(freeze(), FailureKind.RETRYABLE);
  }
}
