package io.changeover.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.Severity;
import io.changeover.worker.testing.FakePhaseContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {

  private static final TopicPartition PARTITION = new TopicPartition("commands", 0);

  @TempDir Path dir;

  private final List<PhaseReport> reports = new CopyOnWriteArrayList<>();
  private final ScriptedWork work = new ScriptedWork();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private CommandRunner runner;

  @BeforeEach
  void open() {
    runner = runner(InventoryFile.write(dir, "one", "two"), 4);
  }

  @AfterEach
  void close() {
    runner.close();
  }

  private CommandRunner runner(Path inventory, int limit) {
    return new CommandRunner(
        Map.of("backup", work),
        new Inventories(inventory.toString()),
        (report, trace) -> {
          reports.add(report);
          return CompletableFuture.completedFuture(report);
        },
        new WorkerMetrics(registry),
        "exporter@1",
        new WorkerSettings("commands", "exporter", limit, "", Duration.ofSeconds(5)),
        Clock.systemUTC());
  }

  private static PhaseCommand.Builder command(String upgrade, long order) {
    return FakePhaseContext.command("one", "backup")
        .setId(upgrade + "/backup/" + order)
        .setUpgrade(upgrade)
        .setAttempt((int) order)
        .setOrder(order)
        .setHeartbeatMillis(60_000);
  }

  private boolean accept(PhaseCommand.Builder command) {
    return runner.accept(new Accepted(command.build(), PARTITION, ""));
  }

  private List<PhaseReport> of(String commandId) {
    return reports.stream().filter(report -> report.getId().startsWith(commandId + "/")).toList();
  }

  private PhaseReport last(String commandId) {
    Until.isTrue(
        "the last report of " + commandId,
        () ->
            of(commandId).stream()
                .anyMatch(
                    report ->
                        report.getKind() == ReportKind.COMPLETED
                            || report.getKind() == ReportKind.FAILED));
    return of(commandId).getLast();
  }

  @Test
  void reports_the_start_and_the_end_with_ids_that_tell_them_apart() {
    accept(command("u", 1));
    PhaseReport end = last("u/backup/1");
    assertThat(of("u/backup/1"))
        .extracting(PhaseReport::getId)
        .containsExactly("u/backup/1/STARTED/1", "u/backup/1/COMPLETED/2");
    assertThat(end.getFacts()).containsEntry("backup.rows", "1");
    assertThat(end.getCluster()).isEqualTo("one");
    assertThat(end.getWorker()).isEqualTo("exporter@1");
    assertThat(end.getFailure()).isNull();
  }

  @Test
  void beats_while_the_work_says_nothing_and_repeats_its_last_facts() {
    CountDownLatch go = new CountDownLatch(1);
    work.on(
        "u/backup/1",
        context -> {
          context.progress(Map.of("backup.tables", "3"));
          go.await();
          return Outcome.done(Map.of());
        });
    accept(command("u", 1).setHeartbeatMillis(1));
    Until.isTrue("three beats", () -> of("u/backup/1").size() >= 5);
    go.countDown();
    last("u/backup/1");
    List<PhaseReport> beats =
        of("u/backup/1").stream()
            .filter(report -> report.getKind() == ReportKind.PROGRESS)
            .toList();
    assertThat(beats.getLast().getFacts()).containsEntry("backup.tables", "3");
    assertThat(of("u/backup/1")).extracting(PhaseReport::getId).doesNotHaveDuplicates();
  }

  @Test
  void drops_repeats_and_stragglers() {
    accept(command("u", 2));
    last("u/backup/2");
    accept(command("u", 2));
    accept(command("u", 1));
    accept(command("u", 3));
    last("u/backup/3");
    assertThat(work.began()).containsExactly("u/backup/2", "u/backup/3");
    assertThat(registry.counter("changeover.worker.dropped", "reason", "repeat").count()).isOne();
    assertThat(registry.counter("changeover.worker.dropped", "reason", "older").count()).isOne();
  }

  @Test
  void answers_a_repeat_of_what_still_runs_with_a_sign_of_life() {
    work.on("u/backup/1", ScriptedWork.untilCancelled());
    accept(command("u", 1));
    Until.isTrue("the work runs", () -> work.running() == 1);
    accept(command("u", 1));
    Until.isTrue("a sign of life", () -> of("u/backup/1").size() == 2);
    assertThat(of("u/backup/1").getLast().getKind()).isEqualTo(ReportKind.PROGRESS);
    assertThat(work.began()).hasSize(1);
  }

  @Test
  void cancels_what_a_newer_command_supersedes_and_waits_for_its_end() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    work.on(
        "u/backup/1",
        context -> {
          while (!context.cancelled()) {
            context.pause(Duration.ofMillis(5));
          }
          mayEnd.await();
          return Outcome.done(Map.of());
        });
    accept(command("u", 1));
    Until.isTrue("the first runs", () -> work.running() == 1);
    accept(command("u", 2).setHeartbeatMillis(1));
    Until.isTrue("the second beats while it waits", () -> of("u/backup/2").size() >= 3);
    assertThat(work.began()).containsExactly("u/backup/1");
    mayEnd.countDown();
    assertThat(last("u/backup/2").getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(work.mostRunning()).isOne();
    assertThat(last("u/backup/1").getKind()).isEqualTo(ReportKind.COMPLETED);
  }

  @Test
  void never_begins_what_was_superseded_while_it_waited() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    work.on(
        "u/backup/1",
        context -> {
          mayEnd.await();
          return Outcome.done(Map.of());
        });
    accept(command("u", 1));
    Until.isTrue("the first runs", () -> work.running() == 1);
    accept(command("u", 2));
    accept(command("u", 3));
    mayEnd.countDown();
    assertThat(last("u/backup/3").getKind()).isEqualTo(ReportKind.COMPLETED);
    assertThat(last("u/backup/2").getFailure().getReason()).contains("a newer command");
    assertThat(work.began()).containsExactly("u/backup/1", "u/backup/3");
  }

  @Test
  void runs_upgrades_side_by_side_up_to_the_limit() {
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      work.on(
          "u" + i + "/backup/1",
          context -> {
            go.await();
            return Outcome.done(Map.of());
          });
      accept(command("u" + i, 1));
    }
    Until.isTrue("the limit is reached", () -> work.running() == 4);
    Until.isTrue("all have said that they are there", () -> reports.size() == 10);
    go.countDown();
    for (int i = 0; i < 10; i++) {
      assertThat(last("u" + i + "/backup/1").getKind()).isEqualTo(ReportKind.COMPLETED);
    }
    assertThat(work.mostRunning()).isEqualTo(4);
  }

  @Test
  void does_not_begin_after_the_deadline() {
    accept(command("u", 1).setDeadline(Instant.now().minusSeconds(1)));
    PhaseReport end = last("u/backup/1");
    assertThat(end.getFailure().getKind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(end.getFailure().getReason()).contains("expired");
    assertThat(work.began()).isEmpty();
  }

  @Test
  void says_which_clusters_and_actions_it_does_not_know() {
    accept(command("u", 1).setCluster("nobody"));
    assertThat(last("u/backup/1").getFailure())
        .satisfies(
            failure -> {
              assertThat(failure.getKind()).isEqualTo(FailureKind.FATAL);
              assertThat(failure.getReason())
                  .contains("has no cluster nobody")
                  .contains(dir.resolve("inventory").toString());
            });
    accept(command("v", 1).setAction("dance"));
    assertThat(last("v/backup/1").getFailure())
        .satisfies(
            failure -> {
              assertThat(failure.getKind()).isEqualTo(FailureKind.FATAL);
              assertThat(failure.getReason()).contains("does not know the action dance");
              assertThat(failure.getExpected()).contains("backup");
            });
  }

  @Test
  void sees_a_cluster_that_was_just_added() throws Exception {
    Path inventory = dir.resolve("inventory");
    String text = Files.readString(inventory.resolve("clusters.yaml"));
    Files.writeString(
        inventory.resolve("more.yaml"), text.replace("one", "three").replace("two", "four"));
    accept(command("u", 1).setCluster("three"));
    assertThat(last("u/backup/1").getKind()).isEqualTo(ReportKind.COMPLETED);
  }

  @Test
  void turns_whatever_is_thrown_into_a_retryable_failure_without_secrets() {
    work.on(
        "u/backup/1",
        context -> {
          throw new IllegalStateException(
              "login failed", new java.io.IOException("password=x1 " + InventoryFile.PASSWORD));
        });
    accept(command("u", 1));
    PhaseReport end = last("u/backup/1");
    assertThat(end.getFailure().getKind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(end.getFailure().getReason())
        .contains("upgrade u on cluster one, attempt 1")
        .contains("IllegalStateException: login failed, caused by IOException: password=**** ****")
        .doesNotContain(InventoryFile.PASSWORD)
        .doesNotContain("x1");
    work.on(
        "v/backup/1",
        context -> {
          throw new StackOverflowError();
        });
    accept(command("v", 1));
    assertThat(last("v/backup/1").getFailure().getReason()).contains("StackOverflowError");
  }

  @Test
  void keeps_secrets_out_of_findings_and_failures() {
    Finding finding =
        Finding.newBuilder()
            .setSeverity(Severity.BLOCKER)
            .setCode("x")
            .setMessage("said " + InventoryFile.PASSWORD)
            .setEvidence("postgres://kong:" + "other-secret" + "@db/kong")
            .build();
    work.on(
        "u/backup/1",
        context ->
            Outcome.fatal("a " + InventoryFile.PASSWORD, "b", "c").withFindings(List.of(finding)));
    accept(command("u", 1));
    PhaseReport end = last("u/backup/1");
    assertThat(end.getFailure().getKind()).isEqualTo(FailureKind.FATAL);
    assertThat(end.getFailure().getReason()).isEqualTo("a ****");
    assertThat(end.getFindings().getFirst().getMessage()).isEqualTo("said ****");
    assertThat(end.getFindings().getFirst().getEvidence())
        .isEqualTo("postgres://kong:****@db/kong");
  }

  @Test
  void keeps_secrets_out_of_sentences_among_facts_and_leaves_single_words() {
    Map<String, String> facts =
        Map.of(
            "waiting.for",
            "kong said " + InventoryFile.PASSWORD,
            "at",
            "postgres://kong:other-secret@db/kong",
            "admin.open",
            InventoryFile.PASSWORD);
    work.on(
        "u/backup/1",
        context -> {
          context.progress(facts);
          return Outcome.done(facts);
        });
    accept(command("u", 1));
    last("u/backup/1");
    assertThat(of("u/backup/1"))
        .filteredOn(report -> !report.getFacts().isEmpty())
        .extracting(PhaseReport::getKind, PhaseReport::getFacts)
        .containsExactly(
            tuple(ReportKind.PROGRESS, cleaned()), tuple(ReportKind.COMPLETED, cleaned()));
  }

  /// A proof must not change because a password is the same word as a value.
  private static Map<String, String> cleaned() {
    return Map.of(
        "waiting.for", "kong said ****",
        "at", "postgres://kong:****@db/kong",
        "admin.open", InventoryFile.PASSWORD);
  }

  @Test
  void cancels_only_what_came_from_a_revoked_partition() {
    work.on("u/backup/1", ScriptedWork.untilCancelled());
    work.on("v/backup/1", ScriptedWork.untilCancelled());
    accept(command("u", 1));
    runner.accept(new Accepted(command("v", 1).build(), new TopicPartition("commands", 1), ""));
    Until.isTrue("both run", () -> work.running() == 2);
    runner.revoke(List.of(PARTITION));
    assertThat(last("u/backup/1").getFailure().getReason()).contains("partition went to another");
    assertThat(work.running()).isOne();
  }

  @Test
  void stops_accepting_cancels_and_reports_what_ended_when_it_shuts_down() {
    work.on("u/backup/1", ScriptedWork.untilCancelled());
    accept(command("u", 1));
    Until.isTrue("it runs", () -> work.running() == 1);
    runner.close();
    assertThat(last("u/backup/1").getFailure().getReason()).contains("the worker shuts down");
    assertThat(accept(command("v", 1))).isFalse();
    assertThat(of("v/backup/1")).isEmpty();
  }

  @Test
  void reports_nothing_for_work_that_does_not_end_within_the_grace() {
    runner =
        new CommandRunner(
            Map.of("backup", work),
            new Inventories(dir.resolve("inventory").toString()),
            (report, trace) -> {
              reports.add(report);
              return CompletableFuture.completedFuture(report);
            },
            new WorkerMetrics(registry),
            "exporter@1",
            new WorkerSettings("commands", "exporter", 1, "", Duration.ZERO),
            Clock.systemUTC());
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    work.on(
        "u/backup/1",
        context -> {
          never.await();
          ended.countDown();
          return Outcome.done(Map.of());
        });
    accept(command("u", 1));
    Until.isTrue("it runs", () -> work.running() == 1);
    runner.close();
    never.countDown();
    Until.isTrue("it ended", () -> ended.getCount() == 0 && work.running() == 0);
    assertThat(of("u/backup/1"))
        .extracting(PhaseReport::getKind)
        .containsExactly(ReportKind.STARTED);
  }

  @Test
  void counts_what_ended_by_outcome() {
    work.on("v/backup/1", context -> Outcome.breached("a", "b", "c"));
    accept(command("u", 1));
    accept(command("v", 1));
    last("u/backup/1");
    last("v/backup/1");
    Until.isTrue("both are counted", () -> ended("done") == 1 && ended("breached") == 1);
    assertThat(registry.get("changeover.worker.running").gauge().value()).isZero();
  }

  private long ended(String outcome) {
    return registry
        .timer("changeover.worker.completed", "action", "backup", "outcome", outcome)
        .count();
  }

  @Test
  void has_one_work_per_action() {
    assertThatThrownBy(() -> WorkerFactory.byAction(List.of(work, new ScriptedWork())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do the action backup");
  }
}
