package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.planner.port.JournalLine;
import io.changeover.planner.port.Ledger;
import io.changeover.planner.port.LedgerConflictException;
import io.changeover.planner.port.LedgerUnavailableException;
import io.changeover.planner.port.Outbox;
import io.changeover.planner.port.Outgoing;
import io.changeover.planner.port.RequestKey;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.SendFailedException;
import io.changeover.planner.port.Source;
import io.changeover.planner.port.StoredUpgrade;
import io.changeover.planner.port.UpgradeChange;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.planner.shell.jdbc.JdbcOutbox;
import io.changeover.planner.shell.kafka.Relay;
import io.changeover.planner.shell.kafka.SafeProducer;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// What every ledger must keep, on PostgreSQL.
class LedgerIT {
  private static final Instant AT = Instant.parse("2026-11-25T03:00:00.123Z");

  @TempDir static Path dir;
  static PlannerWorld world;
  static Ledger ledger;
  static Outbox outbox;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
    ledger = new JdbcLedger(world.pool);
    outbox = new JdbcOutbox(world.pool);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void what_is_saved_is_read_as_it_was() {
    var added = upgrade("saved", 1, AT);
    ledger.transact(t -> save(t, 0, added));

    var read = read("saved");

    assertThat(read).usingRecursiveComparison().isEqualTo(added);
    var changed = upgrade("saved", 2, null);
    ledger.transact(t -> save(t, 1, changed));
    assertThat(read("saved")).usingRecursiveComparison().isEqualTo(changed);
  }

  @Test
  void a_write_at_another_version_conflicts_and_changes_nothing() {
    ledger.transact(t -> save(t, 0, upgrade("stale", 1, AT)));

    assertThatThrownBy(() -> ledger.transact(t -> save(t, 7, upgrade("stale", 8, AT))))
        .isInstanceOf(LedgerConflictException.class);
    assertThatThrownBy(() -> ledger.transact(t -> save(t, 0, upgrade("stale", 1, AT))))
        .isInstanceOf(LedgerConflictException.class);

    assertThat(read("stale").version()).isEqualTo(1);
  }

  @Test
  void a_cluster_has_one_upgrade_that_has_not_ended() {
    ledger.transact(t -> save(t, 0, upgrade("first", 1, AT)));
    var second = upgrade("second", 1, AT);
    var rival = with(second, "first", false);

    assertThatThrownBy(() -> ledger.transact(t -> save(t, 0, rival)))
        .isInstanceOf(LedgerConflictException.class);

    ledger.transact(
        t -> {
          t.save(
              List.of(
                  new UpgradeChange(0, rival),
                  new UpgradeChange(1, with(upgrade("first", 2, null), "first", true))),
              List.of());
          return true;
        });
    assertThat(running("first")).extracting(StoredUpgrade::id).containsExactly("second");
  }

  @Test
  void offsets_move_with_the_transaction_or_not_at_all() {
    var source = new Source(UUID.randomUUID(), 3);
    assertThat(next(source)).containsEntry(source, 0L);

    ledger.transact(
        t -> {
          t.lockSources(List.of(source));
          t.advance(Map.of(source, 42L));
          return true;
        });
    assertThatThrownBy(
            () ->
                ledger.transact(
                    t -> {
                      t.advance(Map.of(source, 99L));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(next(source)).containsEntry(source, 42L);
  }

  @Test
  void requests_are_remembered_per_cluster() {
    var one = new RequestKey("inbox-1", "id");
    var other = new RequestKey("inbox-2", "id");
    assertThat(remember(Map.of(one, new byte[] {1}))).isEmpty();

    var known = remember(Map.of(one, new byte[] {2}, other, new byte[] {3}));

    assertThat(known).containsOnlyKeys(one);
    assertThat(known.get(one)).containsExactly(1);
  }

  @Test
  void a_lane_has_one_writer() throws InterruptedException {
    var locked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var holder =
        CompletableFuture.runAsync(
            () ->
                ledger.transact(
                    t -> {
                      t.lockLanes(List.of(5, 6));
                      locked.countDown();
                      return waitFor(release);
                    }));
    locked.await();

    assertThat(free(List.of(4, 5, 6, 7))).isEqualTo(Set.of(4, 7));

    release.countDown();
    holder.join();
    assertThat(free(List.of(5, 6))).isEqualTo(Set.of(5, 6));
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_outbox_gives_lines_in_order_until_they_are_safe_and_then_no_more() {
    outbox.publish(1_000, _ -> {});
    var command = new Outgoing("topic", Map.of("ce_id", "x/ü/1"), new byte[] {9});
    ledger.transact(
        t -> {
          t.save(List.of(), List.of(line("out", 1, List.of(command)), line("out", 2, List.of())));
          return true;
        });

    assertThatThrownBy(
            () ->
                outbox.publish(
                    10,
                    _ -> {
                      throw new SendFailedException("no", new IllegalStateException());
                    }))
        .isInstanceOf(SendFailedException.class);
    assertThat(outbox.lag()).isEqualTo(2);

    var sent = new ArrayList<Outbox.Line>();
    assertThat(outbox.publish(1, sent::addAll)).isEqualTo(1);
    assertThat(outbox.publish(10, sent::addAll)).isEqualTo(1);
    assertThat(outbox.publish(10, sent::addAll)).isZero();
    assertThat(sent).extracting(Outbox.Line::seq).containsExactly(1L, 2L);
    assertThat(sent.getFirst().commands())
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(command);
    assertThat(sent.getFirst().at()).isEqualTo(AT);
    assertThat(outbox.lag()).isZero();
  }

  @Test
  void a_line_that_kafka_refuses_holds_its_lane_and_no_other() {
    outbox.publish(1_000, _ -> {});
    var huge = new Outgoing(Topics.COMMANDS_RUNBOOK, Map.of(), new byte[2 << 20]);
    ledger.transact(
        t -> {
          t.save(
              List.of(),
              List.of(
                  line("poison", 1, List.of()),
                  line("poison", 2, List.of(huge)),
                  line("poison", 3, List.of()),
                  line(7, "sound", 1, List.of()),
                  line(1, "sound", 2, List.of())));
          return true;
        });
    try (var producer = new SafeProducer(world.kafka, "relay")) {
      var relay = new Relay(outbox, producer, Seams.NONE);

      Eventually.until(() -> relay.publish() + 1 > 0 && outbox.lag() == 2, "expected two to wait");

      assertThat(relay.heldLanes()).isEqualTo(1);
      assertThat(published("sound")).contains("sound/1", "sound/2");
      assertThat(published("poison")).contains("poison/1");

      world.sql("UPDATE journal SET outbox = ''::bytea WHERE upgrade = 'poison'");
      Eventually.until(
          () -> relay.publish() + 1 > 0 && outbox.lag() == 0, "expected the lane to flow again");
      assertThat(relay.heldLanes()).isZero();
      assertThat(published("poison")).endsWith("poison/3");
    }
  }

  private static List<String> published(String upgrade) {
    return world.read(Topics.JOURNAL).stream()
        .filter(record -> upgrade.equals(record.key()))
        .map(record -> CloudEvents.header(record.headers(), CloudEvents.ID))
        .toList();
  }

  @Test
  void a_lane_is_published_by_one_at_a_time() {
    outbox.publish(1_000, _ -> {});
    ledger.transact(
        t -> {
          t.save(List.of(), List.of(line("alone", 1, List.of())));
          return true;
        });

    outbox.publish(
        10,
        _ ->
            assertThat(CompletableFuture.supplyAsync(() -> outbox.publish(10, lines -> {})).join())
                .isZero());

    assertThat(outbox.lag()).isZero();
  }

  @Test
  void a_ledger_that_is_not_there_says_so() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setPortNumbers(new int[] {1});

    assertThatThrownBy(() -> new JdbcLedger(nowhere).transact(t -> t.counted()))
        .isInstanceOf(LedgerUnavailableException.class);
  }

  private static List<StoredUpgrade> running(String cluster) {
    return ledger.transact(t -> t.running(List.of(cluster)));
  }

  private static Map<Source, Long> next(Source source) {
    return ledger.transact(t -> t.lockSources(List.of(source)));
  }

  private static Map<RequestKey, byte[]> remember(Map<RequestKey, byte[]> digests) {
    return ledger.transact(t -> t.remember(digests));
  }

  private static Set<Integer> free(List<Integer> lanes) {
    return ledger.transact(t -> t.lockFreeLanes(lanes));
  }

  private static boolean save(
      Ledger.Transaction transaction, long expected, StoredUpgrade upgrade) {
    transaction.save(List.of(new UpgradeChange(expected, upgrade)), List.of());
    return true;
  }

  private static StoredUpgrade read(String id) {
    return ledger.transact(t -> t.upgrades(List.of(id))).getFirst();
  }

  private static JournalLine line(String upgrade, long seq, List<Outgoing> commands) {
    return line(2, upgrade, seq, commands);
  }

  private static JournalLine line(int lane, String upgrade, long seq, List<Outgoing> commands) {
    return new JournalLine(lane, upgrade, seq, upgrade, AT, new byte[] {(byte) seq}, commands);
  }

  private static StoredUpgrade with(StoredUpgrade u, String cluster, boolean ended) {
    return new StoredUpgrade(
        u.id(),
        cluster,
        u.lane(),
        u.version(),
        u.stage(),
        u.counted(),
        ended,
        u.due(),
        u.startedAt(),
        u.changedAt(),
        u.quarantine(),
        u.hash(),
        u.data());
  }

  private static StoredUpgrade upgrade(String id, long version, @Nullable Instant due) {
    return new StoredUpgrade(
        id,
        id,
        2,
        version,
        "advancing",
        true,
        false,
        due,
        AT,
        AT.plusMillis(version),
        null,
        new byte[] {1, 2},
        new byte[] {(byte) version, 3});
  }
}
