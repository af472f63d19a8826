package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The arguments after a command's name, read as Kong reads them: flags, options with a value, the
/// rest by position.
final class Arguments {
  /// What a command takes. Short names stand for long ones.
  record Grammar(
      Map<String, String> shortNames, Set<String> flags, Set<String> texts, Set<String> numbers) {}

  /// The arguments make no sense; `kong: ` and the usage follow.
  static final class Misused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misused(String message) {
      super(message);
    }
  }

  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> options = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  private Arguments() {}

  /// @throws Misused for an option that the command does not have, or a number that is none
  static Arguments parse(List<String> words, Grammar grammar) {
    Arguments parsed = new Arguments();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (!word.startsWith("-") || word.equals("-")) {
        parsed.rest.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = name(equals < 0 ? word : word.substring(0, equals), grammar);
      if (grammar.flags().contains(name)) {
        parsed.flags.add(name);
      } else if (equals >= 0) {
        parsed.option(name, word.substring(equals + 1), grammar);
      } else {
        at++;
        parsed.option(name, at < words.size() ? words.get(at) : null, grammar);
      }
    }
    return parsed;
  }

  private static String name(String word, Grammar grammar) {
    String bare = word.startsWith("--") ? word.substring(2) : word.substring(1);
    String name = grammar.shortNames().getOrDefault(bare, bare);
    if (grammar.flags().contains(name)
        || grammar.texts().contains(name)
        || grammar.numbers().contains(name)) {
      return name;
    }
    throw new Misused("unrecognized parameter: " + bare);
  }

  private void option(String name, @Nullable String value, Grammar grammar) {
    if (value == null) {
      throw new Misused("expecting a value for parameter: " + name);
    }
    if (grammar.numbers().contains(name) && !value.matches("-?\\d{1,9}(\\.\\d+)?")) {
      throw new Misused("unable to convert to number: " + value);
    }
    options.put(name, value);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  @Nullable String text(String option) {
    return options.get(option);
  }

  double number(String option, double otherwise) {
    String value = options.get(option);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  /// The word at a position after the options, or null.
  @Nullable String word(int position) {
    return position < rest.size() ? rest.get(position) : null;
  }
}
