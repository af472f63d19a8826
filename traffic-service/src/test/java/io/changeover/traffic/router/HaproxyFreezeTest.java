package io.changeover.traffic.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.traffic.testing.ScriptedRuntime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The freeze map over a Runtime API that answers as it is told.
class HaproxyFreezeTest {

  private static final String LIST =
      """
      # id (file) description
      0 (/etc/haproxy/other.map) pattern loaded from file '/etc/haproxy/other.map' used by map
      3 (/srv/ha/changeover-freeze.map) pattern loaded from file '/srv/ha/changeover-freeze.map' used by map at file 'h.cfg' line 12. curr_ver=0 next_ver=0 entry_cnt=1

      """;
  private static final String SHOW = "show map /srv/ha/changeover-freeze.map";

  private final ScriptedRuntime runtime = ScriptedRuntime.start();
  private final HaproxyRouter router =
      new HaproxyRouter(
          runtime.address(),
          new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(300)),
          Clock.systemUTC());

  @AfterEach
  void close() throws IOException {
    runtime.close();
  }

  private FreezeReading entries(String entries) {
    runtime.on("show map", LIST).on(SHOW, entries + "\n");
    return router.readFreeze("kong_admin");
  }

  @Test
  void the_map_is_found_by_its_file_and_the_entry_by_the_backend() {
    assertThat(entries("0x1 kong_admin frozen\n0x2 other open\n"))
        .isEqualTo(new FreezeReading.Seen(FreezeState.FROZEN, true));
    assertThat(entries("0x1 kong_admin open\n"))
        .isEqualTo(new FreezeReading.Seen(FreezeState.OPEN, true));
    assertThat(entries("0x1 other frozen\n"))
        .isEqualTo(new FreezeReading.Seen(FreezeState.OPEN, false));
  }

  @Test
  void an_entry_that_stands_twice_counts_only_when_both_agree() {
    assertThat(entries("0x1 kong_admin frozen\n0x2 kong_admin frozen\n"))
        .isEqualTo(new FreezeReading.Seen(FreezeState.FROZEN, true));
    assertThat(entries("0x1 kong_admin frozen\n0x2 kong_admin open\n"))
        .isEqualTo(new FreezeReading.Foreign("frozen, open"));
  }

  @Test
  void a_word_of_somebody_else_is_foreign_and_never_overwritten() {
    assertThat(entries("0x1 kong_admin asleep\n")).isEqualTo(new FreezeReading.Foreign("asleep"));
    assertThat(entries("0x1 kong_admin\n")).isInstanceOf(FreezeReading.Foreign.class);
    assertThat(router.setFreeze("kong_admin", FreezeState.FROZEN))
        .isInstanceOf(Change.Refused.class);
  }

  @Test
  void no_map_of_that_name_means_not_set_up() {
    runtime.on("show map", "# id (file) description\n\n");
    assertThat(router.readFreeze("kong_admin")).isInstanceOf(FreezeReading.NotSetUp.class);
    assertThat(router.setFreeze("kong_admin", FreezeState.FROZEN))
        .isInstanceOf(Change.Refused.class);
    runtime.on(
        "show map",
        "# id (file) description\n1 (/x/not-changeover-freeze.map) pattern loaded from file\n\n");
    assertThat(router.readFreeze("kong_admin")).isInstanceOf(FreezeReading.NotSetUp.class);
  }

  @Test
  void silence_and_nonsense_are_unknown() {
    assertThat(router.readFreeze("kong_admin")).isInstanceOf(FreezeReading.Unknown.class);
    runtime.on("show map", "Permission denied\n");
    assertThat(router.readFreeze("kong_admin")).isInstanceOf(FreezeReading.Unknown.class);
    assertThat(entries("Unknown map identifier. Please use #<id> or <file>.\n"))
        .isInstanceOf(FreezeReading.Unknown.class);
    assertThat(router.setFreeze("kong_admin", FreezeState.OPEN)).isInstanceOf(Change.Unknown.class);
  }

  @Test
  void a_listed_backend_is_set_and_an_unlisted_one_added() {
    String file = " map /srv/ha/changeover-freeze.map kong_admin frozen";
    assertThat(entries("0x1 kong_admin open\n")).isInstanceOf(FreezeReading.Seen.class);
    runtime.on("set" + file, "\n").on("add" + file, "no\n");
    assertThat(router.setFreeze("kong_admin", FreezeState.FROZEN)).isEqualTo(new Change.Done());

    runtime.on(SHOW, "\n").on("add" + file, "\n").on("set" + file, "entry not found.\n");
    assertThat(router.setFreeze("kong_admin", FreezeState.FROZEN)).isEqualTo(new Change.Done());
  }

  @Test
  void a_name_that_could_carry_a_command_is_never_sent() {
    assertThat(router.readFreeze("x frozen;clear map #1"))
        .isInstanceOf(FreezeReading.NotSetUp.class);
    assertThat(router.setFreeze("x;y", FreezeState.FROZEN)).isInstanceOf(Change.Refused.class);
  }
}
