package io.changeover.sandbox.kong;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every situation that the stand-in claims on Cassandra and compares exit code and words with
/// those of the real Kong. Rows of one keyspace follow each other, so they run in the page's order.
final class CassandraConformanceIT {
  @TempDir static Path dir;
  private static CassandraLab lab;
  private static ServerSocket silent;

  @BeforeAll
  static void open() throws IOException {
    lab = CassandraLab.open(dir);
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  static void close() throws IOException {
    silent.close();
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> every_claimed_situation_ends_as_observed() throws IOException {
    return ConformanceTable.cassandra().situations().stream()
        .map(situation -> DynamicTest.dynamicTest(situation.title(), () -> play(situation)));
  }

  private static void play(Situation situation) throws IOException {
    Path prefix = lab.prefix();
    String keyspace = lab.given(situation.given(), situation.version());
    Map<String, String> names =
        Rehearsal.names(situation, prefix, keyspace, silent.getLocalPort(), dir);
    Map<String, String> env = lab.environment(keyspace, prefix);
    situation.env().forEach((name, value) -> env.put(name, Rehearsal.filled(value, names)));
    try {
      Rehearsal.filled(situation.sql(), names).forEach(lab.session()::execute);
      for (String step : situation.first()) {
        Rehearsal.first(situation, step, names, env);
      }
      Rehearsal.filled(situation.then(), names).forEach(lab.session()::execute);
      KongLab.Said said =
          KongLab.run(situation.version(), Rehearsal.filled(situation.run(), names), env);
      Rehearsal.compare(situation, names, said);
    } finally {
      KongLab.end(prefix);
    }
  }
}
