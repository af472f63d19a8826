package io.changeover.planner.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.Finding;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.PauseUpgrade;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.Rejected;
import io.changeover.messages.ReportKind;
import io.changeover.messages.Severity;
import io.changeover.messages.StartUpgrade;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputIT {
  /// What the planner takes by default.
  private static final int LARGEST = 262_144;

  @TempDir static Path dir;
  static PlannerWorld world;
  static PlannerEngine planner;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
    planner = world.engine("bad-input");
  }

  @AfterAll
  static void stop() {
    planner.close();
    world.close();
  }

  @Test
  void rubbish_goes_to_rejected_with_its_bytes_and_its_place_and_disturbs_nobody() {
    var cluster = world.cluster();
    byte[] rubbish = {0, 1, 2, (byte) 0xFF};
    world.send(new ProducerRecord<>(Topics.REQUESTS, cluster, rubbish));
    world.send(new ProducerRecord<>(Topics.REPORTS, cluster, "{\"type\":".getBytes(UTF_8)));

    var rejected = world.awaitRejected(cluster, 2);

    assertThat(rejected)
        .extracting(Rejected::getValue)
        .contains(ByteBuffer.wrap(rubbish), ByteBuffer.wrap("{\"type\":".getBytes(UTF_8)));
    assertThat(rejected)
        .allSatisfy(
            one -> {
              assertThat(one.getReason()).isNotBlank();
              assertThat(one.getExpected()).isNotBlank();
              assertThat(one.getBy()).isEqualTo("planner/bad-input");
            });
    world.awaitStage(world.start(cluster), "finished");
  }

  @Test
  void an_oversize_message_goes_to_rejected() {
    var cluster = world.cluster();
    var large = new byte[400_000];
    Arrays.fill(large, (byte) 'x');
    world.send(new ProducerRecord<>(Topics.REQUESTS, cluster, large));

    var rejected = world.awaitRejected(cluster, 1).getFirst();

    assertThat(rejected.getReason()).contains("400000 bytes");
    assertThat(rejected.getExpected()).contains("262144");
    assertThat(rejected.getValue().remaining()).isEqualTo(large.length);
  }

  @Test
  void the_largest_report_and_request_that_are_taken_are_published_and_the_next_byte_is_rejected() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "advancing");
    var abort = padded(size -> pause(cluster, "x".repeat(size)), LARGEST);
    world.send(abort);
    world.awaitStage(upgrade, "paused");
    var report = padded(size -> found(upgrade, cluster, "x".repeat(size)), LARGEST);
    world.send(ScriptedWorkers.message(report));
    world.send(
        ScriptedWorkers.message(
            padded(size -> found(upgrade, cluster, "x".repeat(size)), LARGEST + 1)));

    assertThat(world.awaitRejected(cluster, 1).getFirst().getReason())
        .isEqualTo("message of %d bytes".formatted(LARGEST + 1));
    Eventually.until(
        () -> inputs(upgrade),
        found -> found.containsAll(List.of(bytes(abort), bytes(report))),
        () -> "expected both messages whole on the journal's topic");
    world.awaitPublished();
    world.awaitStage(world.start(world.cluster()), "finished");
  }

  private static List<ByteBuffer> inputs(String upgrade) {
    return world.published(upgrade).stream()
        .map(entry -> PlannerWorld.entry(entry).getInput().getMessage())
        .toList();
  }

  private static ByteBuffer bytes(SpecificRecord message) {
    return ByteBuffer.wrap(Codec.encode(message));
  }

  /// A message that takes exactly so many bytes.
  private static <M extends SpecificRecord> M padded(IntFunction<M> message, int bytes) {
    int frame = Codec.encode(message.apply(bytes)).length - bytes;
    M made = message.apply(bytes - frame);
    assertThat(Codec.encode(made)).hasSize(bytes);
    return made;
  }

  private static PauseUpgrade pause(String cluster, String reason) {
    return PauseUpgrade.newBuilder()
        .setId("pause-" + cluster)
        .setCluster(cluster)
        .setBy("test")
        .setReason(reason)
        .build();
  }

  private static PhaseReport found(String upgrade, String cluster, String evidence) {
    return PhaseReport.newBuilder(preflight(upgrade, cluster, 1))
        .setFindings(
            List.of(
                Finding.newBuilder()
                    .setSeverity(Severity.WARNING)
                    .setCode("large")
                    .setMessage("large")
                    .setEvidence(evidence)
                    .build()))
        .build();
  }

  @Test
  void a_message_as_large_as_kafka_takes_goes_to_rejected_cut() {
    var cluster = world.cluster();
    var large = new byte[1_048_576 - 200];
    world.send(new ProducerRecord<>(Topics.REQUESTS, cluster, large));

    var rejected = world.awaitRejected(cluster, 1).getFirst();

    assertThat(rejected.getReason()).contains("the first 65536 bytes are kept here");
    assertThat(rejected.getTopic()).isEqualTo(Topics.REQUESTS);
  }

  @Test
  void names_that_can_be_no_keys_are_rejected() {
    var cluster = world.cluster();
    world.send(json(cluster, "\"id\":\"a\\u0000b\",\"toVersion\":\"2.2.2\""));
    world.send(json(cluster, "\"id\":\"%s\",\"toVersion\":\"2.2.2\"".formatted("x".repeat(5_000))));

    assertThat(world.awaitRejected(cluster, 2))
        .allSatisfy(one -> assertThat(one.getReason()).contains("field 'id' that is no name"));
  }

  @Test
  void json_without_content_type_starts_an_upgrade() {
    var cluster = world.cluster();
    world.send(json(cluster, "\"id\":\"json-%s\",\"toVersion\":\"2.2.2\"".formatted(cluster)));

    world.awaitStage("json-" + cluster, "finished");
  }

  private static ProducerRecord<String, byte[]> json(String cluster, String fields) {
    var body =
        "{\"type\":\"StartUpgrade\",\"cluster\":\"%s\",\"by\":\"test\",%s}"
            .formatted(cluster, fields);
    return new ProducerRecord<>(Topics.REQUESTS, cluster, body.getBytes(UTF_8));
  }

  @Test
  void an_unknown_cluster_is_refused_in_the_journal() {
    var upgrade = world.start("nowhere");

    world.awaitStage(upgrade, "refused");

    assertThat(reasons(upgrade)).containsExactly("UNKNOWN_CLUSTER");
  }

  @Test
  void a_second_start_while_one_runs_is_refused_in_a_journal_of_its_own() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var first = world.start(cluster);
    world.awaitStage(first, "advancing");

    var second = world.start(cluster);

    world.awaitStage(second, "refused");
    assertThat(reasons(second)).containsExactly("ALREADY_RUNNING");
    world.awaitStage(first, "advancing");
  }

  @Test
  void a_gate_that_is_not_open_is_refused_in_the_journal() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "advancing");

    world.send(answer(Ids.next(), cluster, null));

    Eventually.until(
        () -> reasons(upgrade).contains("GATE_NOT_OPEN"), "expected a refusal in the journal");
  }

  @Test
  void a_request_for_no_upgrade_is_rejected() {
    var cluster = world.cluster();
    world.send(answer(Ids.next(), cluster, null));
    world.send(answer(Ids.next(), cluster, "no-such-upgrade"));

    assertThat(world.awaitRejected(cluster, 2))
        .extracting(Rejected::getReason)
        .containsExactlyInAnyOrder(
            "no running upgrade of cluster '%s'".formatted(cluster),
            "no upgrade 'no-such-upgrade'");
  }

  @Test
  void a_repeated_request_is_dropped_and_the_same_id_with_another_request_rejected() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var start = start(Ids.next(), cluster, "2.2.2");
    world.send(start);
    world.send(start);
    world.send(start(start.getId(), cluster, "2.2.3"));

    var rejected = world.awaitRejected(cluster, 1);

    assertThat(rejected)
        .singleElement()
        .extracting(Rejected::getReason)
        .asString()
        .contains("was used for another request");
    assertThat(entries(start.getId()).stream().map(e -> e.getInput().getKind()))
        .filteredOn("request"::equals)
        .hasSize(1);
  }

  private static StartUpgrade start(String id, String cluster, String version) {
    return StartUpgrade.newBuilder()
        .setId(id)
        .setCluster(cluster)
        .setToVersion(version)
        .setBy("test")
        .build();
  }

  @Test
  void a_forged_report_of_another_cluster_is_rejected() {
    var cluster = world.cluster();
    var other = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "advancing");

    world.send(ScriptedWorkers.message(preflight(upgrade, other, 1)));

    assertThat(world.awaitRejected(other, 1).getFirst().getReason())
        .isEqualTo("upgrade '%s' is not one of cluster '%s'".formatted(upgrade, other));
  }

  @Test
  void a_version_off_the_path_is_refused_in_the_journal() {
    var cluster = world.cluster();
    var start = start(Ids.next(), cluster, "9.9.9");
    world.send(start);

    world.awaitStage(start.getId(), "refused");

    assertThat(reasons(start.getId())).containsExactly("UNKNOWN_VERSION", "OFF_PATH");
  }

  @Test
  void after_the_end_a_report_that_was_taken_adds_nothing_and_a_new_one_is_recorded_once() {
    var cluster = world.cluster();
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "finished");
    List<PhaseReport> taken =
        world.journal(upgrade).stream()
            .map(entry -> PlannerWorld.entry(entry).getInput())
            .filter(input -> input.getKind().equals(JournalCodec.REPORT))
            .map(input -> (PhaseReport) PlannerWorld.decoded(input.getMessage().array()))
            .toList();
    int before = world.journal(upgrade).size();

    taken.forEach(report -> world.send(ScriptedWorkers.message(report)));
    for (String id : List.of("late", "late", "last")) {
      world.send(
          ScriptedWorkers.message(PhaseReport.newBuilder(taken.getLast()).setId(id).build()));
    }

    Eventually.until(
        () -> world.journal(upgrade).stream().skip(before).map(PlannerWorld::entry).toList(),
        added -> added.stream().anyMatch(entry -> entry.getInput().getId().equals("last")),
        () -> "expected the last report to be recorded");
    assertThat(taken).hasSizeGreaterThan(5);
    assertThat(world.journal(upgrade).stream().skip(before).map(PlannerWorld::entry))
        .extracting(entry -> entry.getInput().getId())
        .containsExactly("late", "last");
  }

  @Test
  void late_doubled_early_and_made_up_reports_are_journalled_as_refused_by_their_reasons() {
    var cluster = world.cluster();
    world.workers.script(cluster, _ -> List.of());
    var upgrade = world.start(cluster);
    world.awaitStage(upgrade, "advancing");
    var command =
        Eventually.until(
            () -> world.workers.deliveries().getOrDefault(upgrade + "/preflight/1", List.of()),
            found -> !found.isEmpty(),
            () -> "expected the command of preflight");
    var preflight = ScriptedWorkers.completed(command.getFirst());
    var started = PhaseReport.newBuilder(preflight).setKind(ReportKind.STARTED).build();

    world.send(ScriptedWorkers.message(preflight(upgrade, cluster, 7)));
    world.send(ScriptedWorkers.message(started));
    world.send(ScriptedWorkers.message(PhaseReport.newBuilder(started).setId("again").build()));
    world.send(ScriptedWorkers.message(preflight));
    world.send(ScriptedWorkers.message(PhaseReport.newBuilder(preflight).setId("late").build()));
    world.send(
        ScriptedWorkers.message(PhaseReport.newBuilder(preflight).setPhase("coffee").build()));
    world.send(
        ScriptedWorkers.message(PhaseReport.newBuilder(preflight).setPhase("verify").build()));

    Eventually.until(
        () -> reasons(upgrade),
        found -> found.size() >= 5,
        () -> "expected five refusals in the journal of " + upgrade);
    assertThat(reasons(upgrade))
        .containsExactly("AHEAD", "DUPLICATE", "STALE", "UNKNOWN_PHASE", "AHEAD");
    world.awaitStage(upgrade, "advancing");
  }

  private static PhaseReport preflight(String upgrade, String cluster, int attempt) {
    return ScriptedWorkers.report(
            upgrade + "/preflight/" + attempt,
            upgrade,
            cluster,
            "preflight",
            attempt,
            ReportKind.COMPLETED)
        .build();
  }

  private static AnswerGate answer(String id, String cluster, @Nullable String upgrade) {
    return AnswerGate.newBuilder()
        .setId(id)
        .setCluster(cluster)
        .setUpgrade(upgrade)
        .setGate("confirm")
        .setBy("test")
        .build();
  }

  private static List<JournalEntry> entries(String upgrade) {
    return world.journal(upgrade).stream().map(PlannerWorld::entry).toList();
  }

  private static List<String> reasons(String upgrade) {
    return entries(upgrade).stream()
        .flatMap(entry -> entry.getEvents().stream())
        .flatMap(event -> event.getRefusals().stream())
        .map(refusal -> refusal.getReason())
        .toList();
  }
}
