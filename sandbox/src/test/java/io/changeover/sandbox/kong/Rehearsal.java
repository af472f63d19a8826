package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What every row of a conformance table goes through, whatever its store.
final class Rehearsal {
  private Rehearsal() {}

  /// `! command` is one that must fail; a version before the command is another than the
  /// situation's.
  static void first(
      Situation situation, String step, Map<String, String> names, Map<String, String> env) {
    boolean mustFail = step.startsWith("! ");
    List<String> words =
        new ArrayList<>(List.of(filled(step.replaceFirst("^! ", ""), names).split(" ", -1)));
    String version =
        words.getFirst().matches("\\d+\\.\\d+\\.\\d+") ? words.removeFirst() : situation.version();
    KongLab.Said said = KongLab.run(version, words, env);
    assertThat(said.exit() != 0).as("preparing by '%s': %s", step, said).isEqualTo(mustFail);
  }

  /// What stands for what in the words of a row.
  static Map<String, String> names(
      Situation situation, Path prefix, String database, int silentPort, Path dir)
      throws IOException {
    Map<String, String> names = new HashMap<>();
    names.put("{prefix}", prefix.toString());
    names.put("{db}", database);
    names.put("{version}", situation.version());
    names.put("{lua}", "/usr/local/share/lua/5.1/kong/");
    names.put("{files}", files().toString());
    names.put("{tmp}", Files.createTempDirectory(dir, "tmp").toString());
    names.put("{host}", "127.0.0.1");
    names.put("{silent}", Integer.toString(silentPort));
    names.put("{closed}", KongLab.CLOSED_PORT);
    return names;
  }

  static String filled(String text, Map<String, String> names) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace(name.getKey(), name.getValue());
    }
    return filled;
  }

  static List<String> filled(List<String> texts, Map<String, String> names) {
    return texts.stream().map(text -> filled(text, names)).toList();
  }

  static void compare(Situation situation, Map<String, String> names, KongLab.Said said) {
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

  private static Path files() {
    try {
      URL good = Objects.requireNonNull(Rehearsal.class.getResource("files/good.yml"));
      return Path.of(good.toURI()).resolveSibling("").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
