package io.changeover.planner.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.StartUpgrade;
import io.changeover.planner.port.LedgerUnavailableException;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import io.changeover.planner.port.Source;
import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Ids;
import io.changeover.schemas.Topics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A planner that lost its partitions, or froze, and does not know it yet.
class ZombieIT {
  @TempDir static Path dir;
  static PlannerWorld world;

  @BeforeAll
  static void start() throws InterruptedException {
    world = PlannerWorld.start(dir);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void a_batch_that_another_planner_took_is_dropped_as_a_whole() {
    var batch = batch(world.cluster());

    assertThat(transaction(Seams.NONE).take(batch).decisions()).hasSize(1);
    assertThat(transaction(Seams.NONE).take(batch)).isSameAs(Outcome.NOTHING);
  }

  @Test
  void two_planners_with_the_same_batch_at_the_same_time_take_it_once() {
    var batch = batch(world.cluster());
    var upgrade = id(batch);

    var outcomes =
        List.of(1, 2).stream()
            .map(_ -> CompletableFuture.supplyAsync(() -> transaction(Seams.NONE).take(batch)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(outcomes).filteredOn(Outcome::isNothing).hasSize(1);
    assertThat(world.journal(upgrade)).hasSize(1);
  }

  @Test
  void a_planner_that_froze_in_its_transaction_can_not_commit_after_it_lost_its_connection()
      throws InterruptedException {
    var batch = batch(world.cluster());
    var upgrade = id(batch);
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    var zombie = transaction(seam -> freeze(seam, frozen, thaw));
    var fate = CompletableFuture.supplyAsync(() -> zombie.take(batch));
    frozen.await();

    world.sql(
        "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE state = 'idle in transaction' AND pid <> pg_backend_pid(); END $$");
    assertThat(transaction(Seams.NONE).take(batch).decisions()).hasSize(1);
    thaw.countDown();

    assertThatThrownBy(fate::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(LedgerUnavailableException.class);
    assertThat(zombie.take(batch)).isSameAs(Outcome.NOTHING);
    assertThat(world.journal(upgrade)).hasSize(1);
  }

  private static void freeze(Seam seam, CountDownLatch frozen, CountDownLatch thaw) {
    if (seam == Seam.BEFORE_COMMIT && thaw.getCount() > 0) {
      frozen.countDown();
      try {
        thaw.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static BatchTransaction transaction(Seams seams) {
    var judge = new Judge(world.clusters(), InstantSource.system());
    return new BatchTransaction(
        new JdbcLedger(world.pool),
        new Desk.Factory(judge),
        rejections -> assertThat(rejections).isEmpty(),
        seams);
  }

  private static List<Received> batch(String cluster) {
    var request =
        StartUpgrade.newBuilder()
            .setId(Ids.next())
            .setCluster(cluster)
            .setToVersion("2.2.2")
            .setBy("test")
            .build();
    var record =
        new ConsumerRecord<String, byte[]>(Topics.REQUESTS, 0, 0, cluster, Codec.encode(request));
    return List.of(new RecordReader(100_000).read(new Source(UUID.randomUUID(), 0), record));
  }

  private static String id(List<Received> batch) {
    return ((Received.Request) batch.getFirst()).id();
  }
}
