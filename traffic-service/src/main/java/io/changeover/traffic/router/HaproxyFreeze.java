package io.changeover.traffic.router;

import io.changeover.traffic.router.HaproxyAnswers.UnexpectedAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The map that a rule of the admin backend reads: backend name to `open` or `frozen`. It is found
/// by its file's name, so that its folder is the operator's choice.
///
/// HAProxy lists a map only when a rule of its configuration uses it. A key may stand in it more
/// than once (`add map` never asks), and `set map` changes all of them; the rule reads the first.
///
/// Source of the formats: HAProxy's management guide ("show map", "set map", "add map"), checked on
/// 2.6.12.
final class HaproxyFreeze {

  /// What the map's file must be called.
  static final String FILE = "changeover-freeze.map";

  /// `1 (/etc/haproxy/changeover-freeze.map) pattern loaded from file …`
  private static final Pattern LISTED = Pattern.compile("-?\\d+ \\(([^()\\s;]+)\\) .*");

  private final RuntimeApi api;

  HaproxyFreeze(RuntimeApi api) {
    this.api = api;
  }

  FreezeReading read(String backend) throws IOException, UnexpectedAnswer {
    Optional<String> map = map();
    if (map.isEmpty()) {
      return new FreezeReading.NotSetUp("no rule of the router reads a map called " + FILE);
    }
    return reading(values(api.call("show map " + map.get()), backend));
  }

  private static FreezeReading reading(Set<String> words) {
    if (words.isEmpty()) {
      return new FreezeReading.Seen(FreezeState.OPEN, false);
    }
    for (FreezeState state : FreezeState.values()) {
      if (words.equals(Set.of(state.word()))) {
        return new FreezeReading.Seen(state, true);
      }
    }
    return new FreezeReading.Foreign(HaproxyAnswers.gist(String.join(", ", words)));
  }

  /// Asks for a state; what is already there and foreign stays.
  Change set(String backend, FreezeState state) throws IOException, UnexpectedAnswer {
    return switch (read(backend)) {
      case FreezeReading.Seen(var _, boolean listed) ->
          tell((listed ? "set map " : "add map ") + map().orElse(FILE), backend, state);
      case FreezeReading.Foreign(String words) ->
          new Change.Refused(FILE + " holds `" + words + "` for " + backend);
      case FreezeReading.NotSetUp(String words) -> new Change.Refused(words);
      case FreezeReading.Unknown(String reason) -> new Change.Unknown(reason);
    };
  }

  private Change tell(String command, String backend, FreezeState state) throws IOException {
    String answer = api.call(command + " " + backend + " " + state.word());
    return answer.isBlank() ? new Change.Done() : new Change.Refused(HaproxyAnswers.gist(answer));
  }

  /// The name that the router knows the map by.
  private Optional<String> map() throws IOException, UnexpectedAnswer {
    String answer = api.call("show map");
    List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith("# id (file)")) {
      throw new UnexpectedAnswer("a list of maps", answer);
    }
    return lines.stream()
        .map(LISTED::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .filter(path -> path.equals(FILE) || path.endsWith("/" + FILE))
        .findFirst();
  }

  /// The values of a key, from lines of `address key value`.
  private static Set<String> values(String answer, String key) throws UnexpectedAnswer {
    Set<String> values = new TreeSet<>();
    for (String line : answer.lines().filter(text -> !text.isBlank()).toList()) {
      String[] words = line.split(" ", 3);
      if (!words[0].startsWith("0x") || words.length < 2) {
        throw new UnexpectedAnswer("the entries of " + FILE, answer);
      }
      if (words[1].equals(key)) {
        values.add(words.length > 2 ? words[2].strip() : "");
      }
    }
    return values;
  }
}
