package io.changeover.cli.preflight;

import io.changeover.cli.preflight.ClusterResult.Verdict;
import io.changeover.cli.preflight.Found.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Results as lines for a terminal.
public final class TableText {

  private static final int LONGEST_CAUSE = 100;
  private static final List<String> HEAD =
      List.of("cluster", "from → to", "procedure", "blockers", "warnings", "first cause");

  private TableText() {}

  /// One line per cluster, and one that counts them.
  public static List<String> table(List<ClusterResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(row(result)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.add(totals(results));
    return lines;
  }

  /// Every blocker and warning of a cluster, with what to do.
  public static List<String> details(ClusterResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        plain("%s: %s, path %s".formatted(result.name(), result.verdict().word(), way(result))));
    result.downtime().forEach(hop -> lines.add(plain("  no promise against downtime: " + hop)));
    for (Found found : result.findings()) {
      if (found.severity() != Severity.FACT) {
        lines.add(
            plain(
                "  %-8s %s (%s): %s"
                    .formatted(
                        found.severity().word(), found.code(), found.by(), found.message())));
        lines.add(plain("           seen: " + found.evidence()));
        lines.add(plain("           do:   " + found.remedy()));
      }
    }
    return lines;
  }

  /// How many clusters are ready, and how many not.
  static String totals(List<ClusterResult> results) {
    return "%s: %d ready, %d blocked, %d unreachable"
        .formatted(
            results.size() == 1 ? "1 cluster" : results.size() + " clusters",
            count(results, Verdict.READY),
            count(results, Verdict.BLOCKED),
            count(results, Verdict.UNREACHABLE));
  }

  static long count(List<ClusterResult> results, Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  static String way(ClusterResult result) {
    return result.path().isEmpty() ? "none" : String.join(" → ", result.path());
  }

  private static List<String> row(ClusterResult result) {
    String cause =
        result.firstCause().map(found -> found.code() + ": " + found.message()).orElse("");
    return List.of(
        plain(result.name()),
        plain(move(result)),
        plain(result.procedure()),
        Long.toString(result.count(Severity.BLOCKER)),
        Long.toString(result.count(Severity.WARNING)),
        plain(shortened(cause)));
  }

  static String move(ClusterResult result) {
    String nothing = result.to().isEmpty() ? "?" : "nothing";
    return (result.from().isEmpty() ? nothing : result.from())
        + " → "
        + (result.to().isEmpty() ? "?" : result.to());
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_CAUSE ? text : text.substring(0, LONGEST_CAUSE) + "…";
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i));
      line.repeat(' ', widths[i] - row.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }

  /// What a node or database answered may hold anything, and a terminal obeys some of it.
  static String plain(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                    ? " "
                    : Character.toString(point))
        .collect(Collectors.joining());
  }
}
