package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.sandbox.seed.DeclarativeSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarativeSeedTest {
  private static final SeedPlan PLAN =
      new SeedPlan(1, 40, 80, 30, InetSocketAddress.createUnresolved("127.0.0.1", 9));

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.2.2"})
  void both_versions_read_the_whole_plan_from_it(String version) throws Exception {
    Path file = dir.resolve("kong.yml");
    DeclarativeSeed.write(file, Profile.of("2.1.4"), PLAN, Instant.now());
    Profile profile = Profile.of(version);

    var rows = DeclarativeFile.parse(file, profile, profile.plugins()).rows();

    assertThat(rows.get("services")).hasSize(PLAN.services());
    assertThat(rows.get("routes")).hasSize(PLAN.routes() + 1);
    assertThat(rows.get("consumers")).hasSize(PLAN.consumers());
    assertThat(rows.get("keyauth_credentials"))
        .hasSize(PLAN.consumers())
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("key", PLAN.key(7))
                    .hasEntrySatisfying(
                        "consumer",
                        consumer ->
                            assertThat(consumer)
                                .hasToString("{id=" + PLAN.id("consumer", 7) + "}")));
    assertThat(rows.get("targets"))
        .as("each upstream's one target, without its history")
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).containsEntry("weight", 100));
  }
}
