package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.seed.CassandraSeed;
import io.changeover.sandbox.seed.SeedPlan;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CassandraSeedIT {
  private static final SeedPlan PLAN =
      SeedPlan.standard(1, InetSocketAddress.createUnresolved("127.0.0.1", 9));

  @TempDir static Path dir;
  private static CassandraLab lab;
  private static String keyspace = "";
  private static CassandraSeed.Made made;

  @BeforeAll
  static void open() {
    lab = CassandraLab.open(dir);
    keyspace = lab.bootstrapped("2.1.4");
    made = CassandraSeed.seed(lab.session(), settings(), Profile.of("2.1.4"), PLAN, Instant.now());
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  private static KongSettings settings() {
    return KongSettings.resolve(
        Profile.of("2.1.4"), null, lab.environment(keyspace, lab.prefix()), Map.of());
  }

  private static long count(String table) {
    return Long.parseLong(lab.query("SELECT count(*) FROM " + keyspace + "." + table).getFirst());
  }

  @Test
  void holds_the_plan_and_what_is_hard_beside_it() {
    assertThat(count("services")).isEqualTo(PLAN.services() + 2);
    assertThat(count("routes")).isEqualTo(PLAN.routes() + 1 + 2 + 1);
    assertThat(count("consumers")).isEqualTo(PLAN.consumers() + 6 + 1);
    assertThat(count("targets")).isGreaterThan(125);
    assertThat(count("workspaces")).isEqualTo(made.workspaces());
    assertThat(count("ee_widgets")).isEqualTo(50);
    assertThat(made.orphans()).isEqualTo(3);
  }

  @Test
  void as_many_rows_end_by_themselves_as_it_says() {
    CqlSession session = lab.session();
    long ending = 0;
    for (String read :
        new String[] {
          "SELECT TTL(key) FROM %s.keyauth_credentials",
          "SELECT TTL(access_token) FROM %s.oauth2_tokens",
          "SELECT TTL(data) FROM %s.sessions"
        }) {
      ending +=
          session.execute(read.formatted(keyspace)).all().stream()
              .filter(row -> !row.isNull(0) && row.getInt(0) > 600)
              .count();
    }
    assertThat(ending).isEqualTo(made.ttlRows());
  }

  @Test
  void a_certificate_chain_of_a_megabyte_comes_back_whole() {
    assertThat(
            lab.session()
                .execute("SELECT cert FROM " + keyspace + ".certificates")
                .all()
                .getFirst()
                .getString(0))
        .hasSize(CassandraSeed.CHAIN);
  }

  @Test
  void a_node_reads_all_of_it() {
    try (Store store =
        Store.open(Profile.of("2.1.4"), settings(), java.time.Duration.ofSeconds(30))) {
      for (EntitySchema schema : Profile.of("2.1.4").entities()) {
        assertThat(store.entities().all(schema.name()))
            .as(schema.name())
            .hasSize((int) count(schema.name()));
      }
    }
  }
}
