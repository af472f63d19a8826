package io.changeover.sandbox.kong;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `CONFORMANCE.md` as it follows from the table.
final class ConformanceDocument {
  private static final String HEAD =
      """
      # What the stand-in Kong claims

      The stand-in is not Kong. Its command line was written against observations of the real Kong 2.1.4 and 2.2.2 on PostgreSQL and Cassandra. Below is every
      situation in which it claims the exit code and the words of the real one; `KongConformanceIT` runs them all and compares. Words that differ from
      run to run in the real one (positions in SQL, times, ids) are compared as such; the order of plugins is compared where it was observed to be stable.
      Usage texts and stack traces are the stand-in's own.

      This page is written from `src/test/resources/io/changeover/sandbox/kong/conformance.yml`, and a test holds it to that.

      """;

  private ConformanceDocument() {}

  static String text(ConformanceTable table, ConformanceTable cassandra) throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(
        "## Claimed\n| situation | versions | command | exit | observations |\n|---|---|---|---|---|\n");
    for (String row : rows(table.situations())) {
      text.append(row);
    }
    text.append(
        "\n## Claimed on Cassandra\nRun by `CassandraConformanceIT`, from `conformance-cassandra.yml` beside the other.\n\n| situation | versions | command | exit | observations |\n|---|---|---|---|---|\n");
    rows(cassandra.situations()).forEach(text::append);
    text.append(
        "\n## Claimed, and shown with processes and signals\n| test of `KongProcessIT` | observations |\n|---|---|\n");
    table
        .processes()
        .forEach(
            n -> text.append("| `" + n.text() + "` | " + String.join(", ", n.covers()) + " |\n"));
    text.append("\n## Observed, and not claimed\n| why | observations |\n|---|---|\n");
    table
        .unclaimed()
        .forEach(
            n -> text.append("| " + n.text() + " | " + String.join(", ", n.covers()) + " |\n"));
    text.append("\n## Observed on Cassandra, and not claimed\n| why | observations |\n|---|---|\n");
    cassandra
        .unclaimed()
        .forEach(
            n -> text.append("| " + n.text() + " | " + String.join(", ", n.covers()) + " |\n"));
    return text.toString();
  }

  private static List<String> rows(List<Situation> situations) {
    return situations.stream()
        .map(
            s -> {
              Set<String> versions =
                  situations.stream()
                      .filter(o -> o.name().equals(s.name()) && o.covers().equals(s.covers()))
                      .map(Situation::version)
                      .collect(Collectors.toCollection(TreeSet::new));
              return "| %s | %s | `kong %s` | %d | %s |\n"
                  .formatted(
                      s.name(),
                      String.join(", ", versions),
                      String.join(" ", s.run()),
                      s.exit(),
                      String.join(", ", s.covers()));
            })
        .distinct()
        .toList();
  }
}
