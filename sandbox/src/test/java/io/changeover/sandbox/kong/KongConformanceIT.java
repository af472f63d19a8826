package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every situation that the stand-in claims and compares exit code and words with those of the
/// real Kong.
final class KongConformanceIT {
  @TempDir static Path dir;
  private static KongLab lab;
  private static Path files = Path.of("");

  @BeforeAll
  static void open() throws IOException, SQLException, URISyntaxException {
    lab = KongLab.open(dir);
    URL good = Objects.requireNonNull(KongConformanceIT.class.getResource("files/good.yml"));
    files = Path.of(good.toURI()).resolveSibling("").normalize();
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
    Map<String, String> names = names(situation, prefix, database);
    Map<String, String> env = lab.environment(database, prefix);
    situation.env().forEach((name, value) -> env.put(name, filled(value, names)));
    try {
      for (String sql : situation.sql()) {
        lab.sql(database, "kong", filled(sql, names));
      }
      for (String sql : situation.admin()) {
        lab.sql(database, "postgres", filled(sql, names));
      }
      for (String step : situation.first()) {
        first(situation, step, names, env);
      }
      for (String sql : situation.then()) {
        lab.sql(database, "kong", filled(sql, names));
      }
      KongLab.Said said = KongLab.run(situation.version(), filled(situation.run(), names), env);
      compare(situation, names, said);
    } finally {
      KongLab.end(prefix);
    }
  }

  /// `! command` is one that must fail; a version before the command is another than the
  /// situation's.
  private static void first(
      Situation situation, String step, Map<String, String> names, Map<String, String> env) {
    boolean mustFail = step.startsWith("! ");
    List<String> words =
        new ArrayList<>(List.of(filled(step.replaceFirst("^! ", ""), names).split(" ", -1)));
    String version =
        words.getFirst().matches("\\d+\\.\\d+\\.\\d+") ? words.removeFirst() : situation.version();
    KongLab.Said said = KongLab.run(version, words, env);
    assertThat(said.exit() != 0).as("preparing by '%s': %s", step, said).isEqualTo(mustFail);
  }

  private static Map<String, String> names(Situation situation, Path prefix, String database)
      throws IOException {
    Map<String, String> names = new HashMap<>();
    names.put("{prefix}", prefix.toString());
    names.put("{db}", database);
    names.put("{version}", situation.version());
    names.put("{lua}", "/usr/local/share/lua/5.1/kong/");
    names.put("{files}", files.toString());
    names.put("{tmp}", Files.createTempDirectory(dir, "tmp").toString());
    names.put("{silent}", Integer.toString(lab.silentPort()));
    names.put("{closed}", KongLab.CLOSED_PORT);
    return names;
  }

  private static String filled(String text, Map<String, String> names) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace(name.getKey(), name.getValue());
    }
    return filled;
  }

  private static List<String> filled(List<String> texts, Map<String, String> names) {
    return texts.stream().map(text -> filled(text, names)).toList();
  }

  private static void compare(Situation situation, Map<String, String> names, KongLab.Said said) {
    List<String> out = filled(situation.out(), names);
    List<String> err = filled(situation.err(), names);
    boolean same =
        said.exit() == situation.exit()
            && matches(situation, out, said.out())
            && matches(situation, err, said.err());
    if (!same) {
      fail(
          "Expected exit %d, stdout\n%s\nstderr\n%s\n\nbut got exit %d, stdout\n%s\nstderr\n%s",
          situation.exit(),
          String.join("\n", out),
          String.join("\n", err),
          said.exit(),
          said.out(),
          said.err());
    }
  }

  private static boolean matches(Situation situation, List<String> expected, String said) {
    return situation.unordered()
        ? Transcript.matchesInAnyOrder(expected, said)
        : Transcript.matches(expected, said);
  }
}
