package io.changeover.sandbox.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCassandraIT {
  @TempDir Path folder;

  @Test
  void has_every_answered_write_after_kill_9() {
    int port;
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(folder)) {
      port = cassandra.port();
      try (CqlSession session = cassandra.connect()) {
        session.execute(
            "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
        for (int i = 0; i < 500; i++) {
          session.execute(
              SimpleStatement.newInstance("INSERT INTO k.t (id, v) VALUES (?, ?)", i, "v" + i));
        }
      }
      cassandra.kill();
      assertThat(cassandra.isAlive()).isFalse();
    }
    try (EmbeddedCassandra again = EmbeddedCassandra.start(folder);
        CqlSession session = again.connect()) {
      assertThat(again.port()).isEqualTo(port);
      List<Row> rows = session.execute("SELECT id, v FROM k.t").all();
      assertThat(rows).hasSize(500).allMatch(r -> ("v" + r.getInt("id")).equals(r.getString("v")));
    }
  }

  @Test
  void with_passwords_lets_in_only_who_knows_one() {
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.startWithPasswords(folder)) {
      try (CqlSession session = cassandra.connect()) {
        session.execute("CREATE ROLE kong WITH PASSWORD = 'secret' AND LOGIN = true");
      }
      assertThatThrownBy(
              () ->
                  CqlSession.builder()
                      .addContactPoint(cassandra.address())
                      .withLocalDatacenter(cassandra.localDatacenter())
                      .withAuthCredentials("kong", "wrong")
                      .build()
                      .close())
          .isInstanceOf(AllNodesFailedException.class)
          .hasMessageContaining("incorrect");
    }
  }
}
