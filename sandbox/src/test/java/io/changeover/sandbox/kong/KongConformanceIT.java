package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Runs every situation that the stand-in claims and compares exit code and words with those of the
/// real Kong.
@Execution(ExecutionMode.CONCURRENT)
final class KongConformanceIT {
  @TempDir static Path dir;
  private static KongLab lab;

  @BeforeAll
  static void open() throws IOException, SQLException {
    lab = KongLab.open(dir);
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> every_claimed_situation_ends_as_observed() throws IOException {
    return ConformanceTable.load().situations().stream()
        .map(situation -> DynamicTest.dynamicTest(situation.title(), () -> play(situation)));
  }

  private static void play(Situation situation) throws SQLException, IOException {
    Path prefix = lab.prefix();
    String database =
        situation.onlyReads()
            ? lab.shared(situation.given(), situation.version())
            : lab.database(situation.given(), situation.version());
    Map<String, String> names = Rehearsal.names(situation, prefix, database, lab.silentPort(), dir);
    Map<String, String> env = lab.environment(database, prefix);
    situation.env().forEach((name, value) -> env.put(name, Rehearsal.filled(value, names)));
    try {
      for (String sql : situation.sql()) {
        lab.sql(database, "kong", Rehearsal.filled(sql, names));
      }
      for (String sql : situation.admin()) {
        lab.sql(database, "postgres", Rehearsal.filled(sql, names));
      }
      for (String step : situation.first()) {
        Rehearsal.first(situation, step, names, env);
      }
      for (String sql : situation.then()) {
        lab.sql(database, "kong", Rehearsal.filled(sql, names));
      }
      KongLab.Said said =
          KongLab.run(situation.version(), Rehearsal.filled(situation.run(), names), env);
      Rehearsal.compare(situation, names, said);
    } finally {
      KongLab.end(prefix);
    }
  }
}
