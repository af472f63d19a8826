package io.changeover.traffic.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.inventory.Cluster;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.schemas.Actions;
import io.changeover.schemas.Facts;
import io.changeover.traffic.router.AdminState;
import io.changeover.traffic.testing.Estate;
import io.changeover.traffic.testing.HaproxyProcess;
import io.changeover.traffic.testing.Load;
import io.changeover.worker.Outcome;
import io.changeover.worker.standalone.Look;
import io.changeover.worker.testing.FakePhaseContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What preflight finds at a real HAProxy.
class PreflightPhaseIT {

  @TempDir Path folder;
  private Estate estate;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    estate = Estate.start(folder);
    cluster = estate.cluster();
  }

  @AfterEach
  void stop() {
    estate.close();
  }

  private Outcome preflight() throws InterruptedException {
    return preflight("2.2.2");
  }

  private Outcome preflight(String toVersion) throws InterruptedException {
    return new PreflightPhase(estate.tools())
        .run(
            FakePhaseContext.of(
                FakePhaseContext.command("payments", Actions.PREFLIGHT_ROUTER)
                    .setToVersion(toVersion)
                    .build(),
                cluster));
  }

  private static List<String> codes(Outcome outcome) {
    return outcome.findings().stream().map(Finding::getCode).toList();
  }

  @Test
  void a_router_in_order_gives_weights_and_says_that_log_lines_arrive()
      throws InterruptedException {
    estate.tools().logs().of(cluster);
    try (Load load = Load.start(estate.haproxy().frontPort(), 100)) {
      Outcome outcome = preflight();

      assertThat(outcome).isInstanceOf(Outcome.Done.class);
      assertThat(outcome.facts())
          .containsEntry(Facts.WEIGHT_BLUE, "100")
          .containsEntry(Facts.WEIGHT_GREEN, "0")
          .hasEntrySatisfying("router.product", name -> assertThat(name).startsWith("HAProxy 2"));
      assertThat(codes(outcome)).contains("log.arriving", "admin.blue", "admin.green");
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void all_that_speaks_against_the_upgrade_is_told_at_once() throws InterruptedException {
    estate.hand().setWeight(HaproxyProcess.PROXY, "green-1", 10);
    estate.hand().setState(HaproxyProcess.PROXY, "blue-2", AdminState.MAINT);

    Outcome outcome = preflight();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.FATAL));
    assertThat(codes(outcome)).contains("weight.green-not-zero", "router.blue-not-up");
    assertThat(outcome.facts()).containsEntry(Facts.WEIGHT_GREEN, "9.09");
  }

  @Test
  void no_admin_backend_and_no_log_stream_are_warnings() throws Exception {
    cluster = estate.cluster(false, false);

    Outcome outcome = preflight();

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(codes(outcome)).contains("admin.unfenced", "log.off", "router.no-health-check");
  }

  @Test
  void a_version_without_nodes_in_the_inventory_is_fatal() throws InterruptedException {
    assertThat(preflight("2.3.0"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
              assertThat(failed.reason()).contains("no nodes of version 2.3.0");
            });
  }

  @Test
  void a_router_that_is_down_is_unknown() throws InterruptedException {
    estate.haproxy().kill();

    assertThat(preflight())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE));
  }

  @Test
  void without_the_service_the_same_is_looked_at_but_for_the_log_stream() throws Exception {
    Outcome alone =
        StandalonePreflight.of(new Look.Limits(1, Duration.ofSeconds(30)))
            .work()
            .run(
                FakePhaseContext.of(
                    FakePhaseContext.command("payments", Actions.PREFLIGHT_ROUTER)
                        .setToVersion("2.2.2")
                        .build(),
                    cluster));

    List<String> expected = new ArrayList<>(codes(preflight()));
    expected.replaceAll(code -> code.startsWith("log.") ? "log.not-looked" : code);
    assertThat(codes(alone)).contains("log.not-looked").containsExactlyElementsOf(expected);
  }
}
