package io.changeover.planner.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.Failure;
import io.changeover.messages.FailureKind;
import io.changeover.messages.Finding;
import io.changeover.messages.PauseUpgrade;
import io.changeover.messages.PhaseCommand;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.RecordedInput;
import io.changeover.messages.ReportKind;
import io.changeover.messages.RunbookRequested;
import io.changeover.messages.Severity;
import io.changeover.messages.StartUpgrade;
import io.changeover.messages.UpgradeSnapshot;
import io.changeover.planner.core.Effect;
import io.changeover.planner.core.Leaves;
import io.changeover.planner.core.Report;
import io.changeover.planner.core.Request;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import io.changeover.planner.core.Worker;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalCodecTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final UpgradeId UPGRADE = new UpgradeId("u-1");

  static Stream<Class<?>> events() {
    return Leaves.of(UpgradeEvent.class).stream();
  }

  static Stream<Class<?>> states() {
    return Leaves.of(UpgradeState.class).stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void every_event_comes_back_as_it_went(Class<?> type) {
    for (long seed = 0; seed < 20; seed++) {
      UpgradeEvent event = (UpgradeEvent) new Instances(seed, seed % 2 == 0).of(type);
      var records = JournalCodec.events(List.of(event));
      assertThat(records.getFirst().getType()).isEqualTo(type.getSimpleName());
      assertThat(JournalCodec.event(records.getFirst())).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void every_state_comes_back_as_it_went_with_the_same_bytes(Class<?> type) {
    for (long seed = 0; seed < 20; seed++) {
      UpgradeState state = (UpgradeState) new Instances(seed, seed % 2 == 0).of(type);
      byte[] bytes = JournalCodec.snapshot(state);
      UpgradeState back = JournalCodec.state(bytes);
      assertThat(back).isEqualTo(state);
      assertThat(JournalCodec.snapshot(back)).isEqualTo(bytes);
    }
  }

  @Test
  void the_plan_of_a_stored_state_can_be_read_by_people() throws java.io.IOException {
    byte[] bytes = JournalCodec.snapshot(Journals.three().state());
    var plan = JournalCodec.plan(UpgradeSnapshot.getDecoder().decode(bytes)).orElseThrow();
    assertThat(plan.getHops().getFirst().getToVersion()).isEqualTo("2.2.2");
    byte[] none = JournalCodec.snapshot(new UpgradeState.NotStarted());
    assertThat(JournalCodec.plan(UpgradeSnapshot.getDecoder().decode(none))).isEmpty();
  }

  @Test
  void an_event_that_nobody_knows_is_unreadable() {
    var record = Journals.event("LunchServed");
    assertThatThrownBy(() -> JournalCodec.event(record))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("LunchServed");
  }

  @Test
  void an_event_that_lacks_a_field_is_unreadable() {
    assertThatThrownBy(() -> JournalCodec.event(Journals.event("PhaseCommanded")))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("Expected phase in PhaseCommanded, but got 'nothing'");
  }

  @Test
  void bytes_that_are_no_snapshot_are_unreadable() {
    byte[] bytes = "lunch".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JournalCodec.state(bytes)).isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void a_start_carries_what_the_inventory_says_and_what_runs() {
    StartUpgrade message = Journals.start();
    var view = Journals.clusterView("u-0");
    Request.Start start = (Request.Start) input(JournalCodec.REQUEST, message, view);
    assertThat(start.upgrade()).isEqualTo(UPGRADE);
    assertThat(start.cluster().value()).isEqualTo("payments-eu");
    assertThat(start.toVersion()).isEqualTo("2.2.2");
    assertThat(start.by()).isEqualTo("ann");
    assertThat(start.runningUpgrade()).isEqualTo(new UpgradeId("u-0"));
    var snapshot = start.snapshot();
    assertThat(snapshot).isNotNull();
    assertThat(snapshot.deadlines()).isEqualTo(Map.of("soak", Duration.ofMinutes(2)));
    assertThat(snapshot.patience().maxAttempts()).isEqualTo(3);
    assertThat(snapshot.steps()).hasSize(2);
    assertThat(snapshot.gates().getFirst().name()).isEqualTo("confirm");
    assertThat(snapshot.hooks().getFirst().runbook()).isEqualTo("notify");
    assertThat(snapshot.versions().getLast().provision()).isEqualTo("green-up");
  }

  @Test
  void a_start_for_an_unknown_cluster_has_no_snapshot() {
    Request.Start start = (Request.Start) input(JournalCodec.REQUEST, Journals.start(), null);
    assertThat(start.snapshot()).isNull();
    assertThat(start.runningUpgrade()).isNull();
  }

  @Test
  void requests_keep_their_words() {
    AnswerGate message =
        AnswerGate.newBuilder()
            .setId("r")
            .setCluster("payments-eu")
            .setGate("confirm")
            .setAnswer("REJECTED")
            .setBy("bob")
            .setReason("no")
            .build();
    Request.Answer answer = (Request.Answer) input(JournalCodec.REQUEST, message, null);
    assertThat(answer.gate()).isEqualTo("confirm");
    assertThat(answer.answer()).isEqualTo("REJECTED");
    assertThat(answer.reason()).isEqualTo("no");
    assertThat(answer.at()).isEqualTo(AT);
    assertThat(answer.seed()).isEqualTo(42);
  }

  @Test
  void a_report_keeps_its_facts_blockers_and_failure() {
    PhaseReport message =
        PhaseReport.newBuilder()
            .setId("rep")
            .setUpgrade("u-1")
            .setCluster("payments-eu")
            .setPhase("preflight")
            .setAttempt(2)
            .setWorker("w-1")
            .setKind(ReportKind.FAILED)
            .setAt(AT)
            .setFacts(Map.of("b", "2", "a", "1"))
            .setFindings(List.of(finding(Severity.BLOCKER), finding(Severity.WARNING)))
            .setFailure(new Failure(FailureKind.BREACHED, "r", "e", "m"))
            .build();
    Report report = (Report) input(JournalCodec.REPORT, message, null);
    assertThat(report.facts()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(report.blockers()).containsExactly("BLOCKER");
    assertThat(report.attempt()).isEqualTo(2);
    assertThat(report.failure())
        .isEqualTo(
            new Report.Failure(io.changeover.planner.core.FailureKind.BREACHED, "r", "e", "m"));
  }

  @Test
  void kinds_of_reports_and_failures_have_the_same_names_on_both_sides() {
    for (ReportKind kind : ReportKind.values()) {
      Report report = (Report) input(JournalCodec.REPORT, Journals.report(kind), null);
      assertThat(report.kind().name()).isEqualTo(kind.name());
    }
    for (FailureKind kind : FailureKind.values()) {
      PhaseReport message =
          PhaseReport.newBuilder(Journals.report(ReportKind.FAILED))
              .setFailure(new Failure(kind, "r", "e", "m"))
              .build();
      Report.Failure failure = ((Report) input(JournalCodec.REPORT, message, null)).failure();
      assertThat(failure).isNotNull();
      assertThat(failure.kind().name()).isEqualTo(kind.name());
    }
  }

  @Test
  void recorded_inputs_are_the_inputs() {
    RecordedInput recorded =
        JournalCodec.recorded(
            JournalCodec.REQUEST,
            "r",
            AT,
            42,
            Journals.start(),
            Journals.clusterView("u-0"),
            "00-trace");
    assertThat(JournalCodec.input(recorded, UPGRADE))
        .isEqualTo(input(JournalCodec.REQUEST, Journals.start(), Journals.clusterView("u-0")));
    RecordedInput timer = JournalCodec.recorded(JournalCodec.TIMER, "r", AT, 42, null, null, "");
    assertThat(JournalCodec.input(timer, UPGRADE))
        .isEqualTo(new UpgradeInput.TimerFired("r", AT, 42));
    RecordedInput room = JournalCodec.recorded(JournalCodec.ADMISSION, "r", AT, 42, null, null, "");
    assertThat(JournalCodec.input(room, UPGRADE)).isEqualTo(new UpgradeInput.Admitted("r", AT, 42));
  }

  @Test
  void what_is_no_input_is_unreadable() {
    assertThatThrownBy(() -> input(JournalCodec.REQUEST, null, null))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> input("lunch", null, null)).isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> input(JournalCodec.REQUEST, Journals.clusterView("x"), null))
        .isInstanceOf(UnreadableRecord.class);
    PauseUpgrade nameless = PauseUpgrade.newBuilder().setId("r").setCluster(" ").setBy("b").build();
    assertThatThrownBy(() -> input(JournalCodec.REQUEST, nameless, null))
        .isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void commands_go_to_their_worker_with_every_field() {
    for (long seed = 0; seed < 30; seed++) {
      Effect.SendCommand effect =
          (Effect.SendCommand) new Instances(seed, seed % 2 == 0).of(Effect.SendCommand.class);
      PhaseCommand command = (PhaseCommand) JournalCodec.command(effect);
      assertThat(command.getId()).isEqualTo(effect.id());
      assertThat(command.getPhase()).isEqualTo(effect.phase().name());
      assertThat(command.getAction()).isEqualTo(effect.phase().action().word());
      assertThat(command.getAttempt()).isEqualTo(effect.attempt());
      assertThat(command.getOrder()).isEqualTo(effect.order());
      assertThat(command.getHop()).isEqualTo(effect.hop());
      assertThat(command.getFromVersion()).isEqualTo(effect.fromVersion());
      assertThat(command.getToVersion()).isEqualTo(effect.toVersion());
      assertThat(command.getIssuedAt()).isEqualTo(effect.issuedAt());
      assertThat(command.getDeadline()).isEqualTo(effect.deadline());
      assertThat(command.getHeartbeatMillis()).isEqualTo(effect.heartbeat().toMillis());
      assertThat(command.getPlugins()).isEqualTo(effect.plugins());
      assertThat(command.getAcknowledgements()).isEqualTo(effect.acknowledgements());
      assertThat(JournalCodec.topic(effect))
          .isEqualTo("changeover.commands." + effect.phase().worker().word());
      if (seed % 2 == 0) {
        assertThat(command.getStep().getFromWeight()).isEqualTo(effect.fromWeight());
        assertThat(command.getStep().getAnalysis()).isNotNull();
      } else {
        assertThat(command.getStep()).isNull();
        assertThat(command.getSide()).isNull();
      }
      assertThat(Codec.encode(command)).isNotEmpty();
    }
    assertThat(Worker.values()).allMatch(worker -> Topics.ALL.contains(topic(worker)));
  }

  private static String topic(Worker worker) {
    return "changeover.commands." + worker.word();
  }

  @Test
  void runbooks_are_asked_on_their_topic() {
    Effect.SendRunbook effect =
        (Effect.SendRunbook) new Instances(3, true).of(Effect.SendRunbook.class);
    RunbookRequested request = (RunbookRequested) JournalCodec.command(effect);
    assertThat(request.getId()).isEqualTo(effect.id());
    assertThat(request.getRunbook()).isEqualTo(effect.runbook());
    assertThat(request.getPhase()).isEqualTo(effect.phase());
    assertThat(request.getSide()).isNotNull();
    assertThat(request.getDeadline()).isEqualTo(effect.deadline());
    assertThat(JournalCodec.topic(effect)).isEqualTo(Topics.COMMANDS_RUNBOOK);
  }

  private static UpgradeInput input(
      String kind,
      org.apache.avro.specific.@org.jspecify.annotations.Nullable SpecificRecord message,
      io.changeover.messages.@org.jspecify.annotations.Nullable ClusterView cluster) {
    return JournalCodec.input(kind, "r", AT, 42, message, cluster, UPGRADE);
  }

  private static Finding finding(Severity severity) {
    return Finding.newBuilder()
        .setSeverity(severity)
        .setCode("c")
        .setMessage(severity.name())
        .build();
  }
}
