package io.changeover.exporter.cassandra.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

  private static final int MEGABYTE = 1_000_000;

  private static CompletableFuture<Boolean> acquired(AdaptiveLimit limit, long bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            limit.acquire(bytes);
            return true;
          } catch (InterruptedException e) {
            return false;
          }
        },
        Thread::startVirtualThread);
  }

  @Test
  void an_overload_halves_it_once_and_answers_bring_it_back() {
    AdaptiveLimit limit = new AdaptiveLimit(8);
    limit.overloaded();
    limit.overloaded();
    assertThat(limit.limit()).isEqualTo(4);

    for (int answered = 0; answered < 4 + 5 + 6 + 7 + 8; answered++) {
      limit.release(0);
    }
    assertThat(limit.limit()).isEqualTo(8);
  }

  @Test
  void it_never_falls_below_one() throws Exception {
    AdaptiveLimit limit = new AdaptiveLimit(1);
    limit.overloaded();

    assertThat(limit.limit()).isEqualTo(1);
    assertThat(acquired(limit, 1).get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_more_waits_for_an_answer() throws Exception {
    AdaptiveLimit limit = new AdaptiveLimit(2);
    limit.acquire(1);
    limit.acquire(1);
    CompletableFuture<Boolean> third = acquired(limit, 1);
    assertThat(third).isNotDone();

    limit.release(1);

    assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void large_writes_wait_for_each_other_but_one_always_goes() throws Exception {
    AdaptiveLimit limit = new AdaptiveLimit(100);
    limit.acquire(30L * MEGABYTE);
    CompletableFuture<Boolean> second = acquired(limit, MEGABYTE);
    assertThat(second).isNotDone();

    limit.release(30L * MEGABYTE);

    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
