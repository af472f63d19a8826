package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.changeover.sandbox.cassandra.EmbeddedCassandra;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraKongIT {
  @TempDir static Path dir;
  private static EmbeddedCassandra cassandra;
  private static CqlSession session;

  @BeforeAll
  static void open() {
    cassandra = EmbeddedCassandra.start(dir.resolve("cassandra"));
    session = cassandra.connect();
  }

  @AfterAll
  static void close() {
    session.close();
    cassandra.close();
  }

  private static Map<String, String> environment(String keyspace) {
    Map<String, String> env = new HashMap<>();
    env.put("KONG_DATABASE", "cassandra");
    env.put("KONG_CASSANDRA_CONTACT_POINTS", "127.0.0.1");
    env.put("KONG_CASSANDRA_PORT", Integer.toString(cassandra.port()));
    env.put("KONG_CASSANDRA_KEYSPACE", keyspace);
    env.put("KONG_PREFIX", dir.resolve("prefix").toString());
    return env;
  }

  @Test
  void migrates() {
    for (String[] step :
        new String[][] {
          {"2.1.4", "list"},
          {"2.1.4", "bootstrap"},
          {"2.1.4", "list"},
          {"2.2.2", "list"},
          {"2.2.2", "up"},
          {"2.2.2", "up"},
          {"2.2.2", "finish"},
          {"2.2.2", "list"},
          {"2.1.4", "list"},
        }) {
      long start = System.nanoTime();
      KongLab.Said said =
          KongLab.run(step[0], List.of("migrations", step[1]), environment("kong_a"));
      System.out.println(
          step[0] + " " + step[1] + " " + (System.nanoTime() - start) / 1_000_000 + " ms " + said);
    }
    assertThat(session.execute("SELECT * FROM kong_a.schema_meta").all()).isNotEmpty();
  }
}
