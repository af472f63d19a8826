package io.changeover.sandbox.kong;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Holds what a command said against the expected lines of the conformance table.
final class Transcript {
  private static final String ANY_LINES = "...";
  private static final Map<String, String> PATTERNS =
      Map.of(
          "{n}", "\\d+",
          "{t}", "\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2}",
          "{id}", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
          "…", ".*");

  private Transcript() {}

  /// Whether the text is these lines in this order.
  static boolean matches(List<String> expected, String said) {
    StringBuilder pattern = new StringBuilder();
    for (String line : expected) {
      pattern.append(line.equals(ANY_LINES) ? "(?:.*\n)*?" : pattern(line) + "\n");
    }
    return Pattern.compile(pattern.toString()).matcher(said).matches();
  }

  /// Whether each expected line was said somewhere; more may have been said only where the table
  /// says so.
  static boolean matchesInAnyOrder(List<String> expected, String said) {
    List<String> lines = said.lines().toList();
    List<String> wanted = expected.stream().filter(line -> !line.equals(ANY_LINES)).toList();
    boolean all =
        wanted.stream()
            .allMatch(want -> lines.stream().anyMatch(line -> line.matches(pattern(want))));
    boolean more =
        lines.stream()
            .anyMatch(
                line ->
                    !line.isEmpty()
                        && wanted.stream().noneMatch(want -> line.matches(pattern(want))));
    return all && (!more || expected.contains(ANY_LINES));
  }

  private static String pattern(String line) {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    while (from < line.length()) {
      int next = line.length();
      String found = "";
      for (String placeholder : PATTERNS.keySet()) {
        int at = line.indexOf(placeholder, from);
        if (at >= 0 && at < next) {
          next = at;
          found = placeholder;
        }
      }
      pattern
          .append(Pattern.quote(line.substring(from, next)))
          .append(PATTERNS.getOrDefault(found, ""));
      from = next + found.length();
    }
    return pattern.toString();
  }
}
