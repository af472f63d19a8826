package io.changeover.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every stage against every input, at a glance: what is decided, `-` for nothing. The answer is to
/// the gate that is open or else to `confirm`, the report is the proof of the phase that is out or
/// else one of `preflight`, and the timer fires when nothing is due.
class LifecycleTableTest {
  private static final String TABLE =
      """
      stage              | start            | install          | answer                    | pause                   | resume           | abort                    | retry                       | report                          | timer | admitted
      not-started        | UpgradeStarted   | UpgradeStarted   | UNKNOWN_UPGRADE           | UNKNOWN_UPGRADE         | UNKNOWN_UPGRADE  | UNKNOWN_UPGRADE          | UNKNOWN_UPGRADE             | UNKNOWN_UPGRADE                 | -     | -
      queued             | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | NOT_ADMITTED            | NOT_PAUSED       | UpgradeCancelled         | NOT_HELD                    | AHEAD                           | -     | UpgradeAdmitted PhaseCommanded
      advancing          | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | UpgradePaused           | NOT_PAUSED       | RollbackStarted PhaseCommanded | NOT_HELD              | PhaseCompleted PhaseCommanded   | -     | -
      at-gate            | ALREADY_STARTED  | ALREADY_STARTED  | GatePassed PointOfNoReturnPassed PhaseCommanded | UpgradePaused | NOT_PAUSED  | RollbackStarted PhaseCommanded | NOT_HELD | STALE                           | -     | -
      paused             | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | ALREADY_PAUSED          | UpgradeResumed   | RollbackStarted PhaseCommanded | NOT_HELD              | PhaseCompleted                  | -     | -
      held               | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | NOT_RUNNING             | NOT_PAUSED       | RollbackStarted PhaseCommanded | HoldReleased PhaseCommanded | STALE                     | -     | -
      rolling-back       | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | ALREADY_ROLLING_BACK    | NOT_PAUSED       | ALREADY_ROLLING_BACK     | NOT_HELD                    | PhaseCompleted PhaseCommanded   | -     | -
      rollback-held      | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | ALREADY_ROLLING_BACK    | NOT_PAUSED       | ALREADY_ROLLING_BACK     | HoldReleased PhaseCommanded | STALE                           | -     | -
      completing         | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | PAST_POINT_OF_NO_RETURN | NOT_PAUSED       | PAST_POINT_OF_NO_RETURN  | NOT_HELD                    | PhaseCompleted PhaseCommanded   | -     | -
      completing-at-gate | ALREADY_STARTED  | ALREADY_STARTED  | GatePassed PhaseCommanded | PAST_POINT_OF_NO_RETURN | NOT_PAUSED       | PAST_POINT_OF_NO_RETURN  | NOT_HELD                    | STALE                           | -     | -
      held-committed     | ALREADY_STARTED  | ALREADY_STARTED  | GATE_NOT_OPEN             | PAST_POINT_OF_NO_RETURN | NOT_PAUSED       | PAST_POINT_OF_NO_RETURN  | HoldReleased PhaseCommanded | STALE                           | -     | -
      finished           | ALREADY_STARTED  | ALREADY_STARTED  | UPGRADE_ENDED             | UPGRADE_ENDED           | UPGRADE_ENDED    | UPGRADE_ENDED            | UPGRADE_ENDED               | UPGRADE_ENDED                   | -     | -
      rolled-back        | ALREADY_STARTED  | ALREADY_STARTED  | UPGRADE_ENDED             | UPGRADE_ENDED           | UPGRADE_ENDED    | UPGRADE_ENDED            | UPGRADE_ENDED               | UPGRADE_ENDED                   | -     | -
      cancelled          | ALREADY_STARTED  | ALREADY_STARTED  | UPGRADE_ENDED             | UPGRADE_ENDED           | UPGRADE_ENDED    | UPGRADE_ENDED            | UPGRADE_ENDED               | UPGRADE_ENDED                   | -     | -
      refused            | ALREADY_STARTED  | ALREADY_STARTED  | UPGRADE_ENDED             | UPGRADE_ENDED           | UPGRADE_ENDED    | UPGRADE_ENDED            | UPGRADE_ENDED               | UPGRADE_ENDED                   | -     | -
      """;

  static Stream<Arguments> cells() {
    List<List<String>> rows =
        TABLE
            .lines()
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    List<String> inputs = rows.getFirst();
    return rows.stream()
        .skip(1)
        .flatMap(
            row ->
                IntStream.range(1, row.size())
                    .mapToObj(i -> Arguments.of(row.getFirst(), inputs.get(i), row.get(i))));
  }

  @ParameterizedTest(name = "{0} × {1}: {2}")
  @MethodSource("cells")
  void every_stage_answers_every_input(String stage, String input, String expected) {
    answers(Journey.stage(stage), stage, input, expected);
  }

  @ParameterizedTest(name = "{0} × {1}: {2}")
  @MethodSource("cells")
  void copying_a_keyspace_changes_no_answer(String stage, String input, String expected) {
    for (Way way : Way.values()) {
      answers(Journey.stage(stage, way), stage, input, expected);
    }
  }

  private static void answers(Journey journey, String stage, String input, String expected) {
    assertThat(journey.state().stage()).isEqualTo(stage);
    Scenario scenario = Scenario.given(journey).when(input(journey, input));
    assertThat(words(scenario.decided())).isEqualTo(expected);
    if (expected.equals(expected.toUpperCase(Locale.ROOT)) && !expected.equals("-")) {
      scenario.thenRefused(RefusalReason.valueOf(expected));
    }
  }

  private static UpgradeInput input(Journey journey, String input) {
    return switch (input) {
      case "start" -> journey.start();
      case "install" -> Inventories.install(Inventories.Setting.USUAL.serving(""));
      case "answer" ->
          journey.answer(
              journey.state() instanceof UpgradeState.Waiting waiting
                  ? waiting.gate().name()
                  : "confirm",
              "APPROVED");
      case "pause" -> journey.pause();
      case "resume" -> journey.resume();
      case "abort" -> journey.abort();
      case "retry" -> journey.retry();
      case "report" ->
          journey.state() instanceof UpgradeState.Working
              ? journey.completed()
              : journey.stray("preflight", 1);
      case "timer" -> journey.timer();
      case "admitted" -> journey.room();
      default -> throw new IllegalArgumentException(input);
    };
  }

  private static String words(List<UpgradeEvent> events) {
    return events.isEmpty()
        ? "-"
        : events.stream().map(LifecycleTableTest::word).collect(Collectors.joining(" "));
  }

  private static String word(UpgradeEvent event) {
    return switch (event) {
      case UpgradeEvent.RequestRefused refused -> refused.refusal().reason().name();
      case UpgradeEvent.ReportRefused refused -> refused.refusal().reason().name();
      default -> event.getClass().getSimpleName();
    };
  }
}
