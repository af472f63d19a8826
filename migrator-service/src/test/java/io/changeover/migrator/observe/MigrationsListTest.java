package io.changeover.migrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.migrator.observe.ListReading.Blocks;
import io.changeover.migrator.observe.ListReading.NeedsBootstrap;
import io.changeover.migrator.observe.ListReading.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsListTest {

  private static final String EXECUTED =
      """
      Executed migrations:
              core: 000_base, 003_100_to_110
               acl: 000_base_acl, 002_130_to_140
      """;
  private static final String PENDING =
      """

      Pending migrations:
      core: 012_213_to_220

      Run 'kong migrations finish' when ready
      """;
  private static final String NEW =
      """

      New migrations available:
         core: 012_213_to_220
      session: 001_add_ttl_index

      Run 'kong migrations up' to proceed
      """;

  @Test
  void exit_0_with_an_executed_block_is_done() {
    Blocks blocks = blocks(0, EXECUTED);
    assertThat(blocks.executed())
        .hasToString("acl:000_base_acl,acl:002_130_to_140,core:000_base,core:003_100_to_110");
    assertThat(blocks.pending().isEmpty()).isTrue();
    assertThat(blocks.available().isEmpty()).isTrue();
  }

  @Test
  void exit_4_has_a_pending_block() {
    assertThat(blocks(4, EXECUTED + PENDING).pending()).hasToString("core:012_213_to_220");
  }

  @Test
  void exit_4_may_have_new_ones_as_well() {
    Blocks blocks = blocks(4, EXECUTED + PENDING + NEW);
    assertThat(blocks.pending()).hasToString("core:012_213_to_220");
    assertThat(blocks.available()).hasToString("core:012_213_to_220,session:001_add_ttl_index");
  }

  @Test
  void exit_5_has_a_new_block() {
    assertThat(blocks(5, EXECUTED + NEW).available())
        .hasToString("core:012_213_to_220,session:001_add_ttl_index");
  }

  @Test
  void exit_5_on_an_empty_table_has_no_executed_block() {
    assertThat(blocks(5, NEW.strip()).executed().isEmpty()).isTrue();
  }

  @Test
  void exit_3_needs_bootstrapping() {
    ListReading reading =
        MigrationsList.read(3, "Database needs bootstrapping or is older than Kong 1.0.\n", "");
    assertThat(reading).isEqualTo(new NeedsBootstrap());
  }

  @Test
  void stamps_of_verbose_runs_are_skipped() {
    String stamped =
        (EXECUTED + PENDING)
            .lines()
            .map("2026/11/24 23:29:11 [info] "::concat)
            .reduce("", (a, b) -> a + b + "\n");
    String head =
        "2026/11/24 23:29:10 [verbose] Kong: 2.2.2\n2026/11/24 23:29:10 [debug] pg_host = \"x\"\n";
    assertThat(blocks(4, head + stamped)).isEqualTo(blocks(4, EXECUTED + PENDING));
  }

  @Test
  void enterprise_subsystems_are_taken_as_they_come() {
    String list =
        "Executed migrations:\n      enterprise.acl: 001_1500_to_2100\n  enterprise: 000_base, 009_2100_to_2200\n";
    assertThat(blocks(0, list).executed())
        .hasToString(
            "enterprise.acl:001_1500_to_2100,enterprise:000_base,enterprise:009_2100_to_2200");
  }

  @Test
  void closing_words_are_no_migrations() {
    String list = EXECUTED + "\nHint: nothing to see here\n";
    assertThat(blocks(0, list)).isEqualTo(blocks(0, EXECUTED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 5})
  void a_code_without_its_block_is_unreadable(int exit) {
    assertThat(MigrationsList.read(exit, "", "")).isInstanceOf(Unreadable.class);
  }

  @Test
  void a_block_that_contradicts_the_code_is_unreadable() {
    assertThat(MigrationsList.read(0, EXECUTED + PENDING, "")).isInstanceOf(Unreadable.class);
    assertThat(MigrationsList.read(5, EXECUTED + PENDING + NEW, "")).isInstanceOf(Unreadable.class);
  }

  @Test
  void a_failure_says_what_kong_said() {
    String words =
        "Error: [PostgreSQL error] failed to retrieve PostgreSQL server_version_num: connection refused";
    assertThat(MigrationsList.read(1, "", words))
        .isInstanceOfSatisfying(
            Unreadable.class,
            reading ->
                assertThat(reading.doubt().reason())
                    .contains("exited 1")
                    .contains("connection refused"));
  }

  private static Blocks blocks(int exit, String stdout) {
    ListReading reading = MigrationsList.read(exit, stdout, "");
    assertThat(reading).isInstanceOf(Blocks.class);
    return (Blocks) reading;
  }
}
