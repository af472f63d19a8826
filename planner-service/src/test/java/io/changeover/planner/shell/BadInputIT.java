package io.changeover.planner.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.Rejected;
import io.changeover.messages.ReportKind;
import io.changeover.messages.StartUpgrade;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputIT {
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
  void late_and_early_reports_are_journalled_as_refused() {
    var cluster = world.cluster();
    world.workers.script(
        cluster,
        command ->
            ScriptedWorkers.completed(command).getPhase().equals("preflight")
                ? List.of(ScriptedWorkers.completed(command), ScriptedWorkers.completed(command))
                : List.of());
    var upgrade = world.start(cluster);
    world.send(ScriptedWorkers.message(preflight(upgrade, cluster, 7)));

    Eventually.until(
        () -> reasons(upgrade),
        found -> found.size() >= 2,
        () -> "expected two refusals in the journal of " + upgrade);
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
