package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.suite.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds `docs/guide-coverage.md` to the code.
class GuideCoverageTest {
  private static final Path ROOT = Home.find().root();
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z])(\\d+) \\| (.+) \\| (.+) \\| ?(.*) ?\\|$");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  private record Row(String section, int number, String does, String shown) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/guide-coverage.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), Integer.parseInt(row.group(2)), row.group(4), row.group(5)));
      }
    }
    return rows;
  }

  @Test
  void every_sentence_of_the_guide_has_its_row() throws IOException {
    Map<String, Integer> last = new HashMap<>();
    for (Row row : rows()) {
      assertThat(row.number())
          .as("row after %s", row)
          .isEqualTo(last.merge(row.section(), 1, Integer::sum));
    }
    assertThat(last)
        .isEqualTo(
            Map.of("O", 3, "P", 5, "V", 6, "D", 2, "U", 9, "M", 9, "G", 14, "C", 14, "F", 5));
  }

  @Test
  void every_row_names_a_test_or_says_that_it_is_not_yet_there() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(NAMED.matcher(row.shown()).find() || row.does().contains("not yet"))
                    .as("%s", row)
                    .isTrue());
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    Map<String, List<String>> sources = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (Row row : rows()) {
      Matcher test = NAMED.matcher(row.shown());
      while (test.find()) {
        named++;
        String method = "void " + test.group(2) + "(";
        if (sources.getOrDefault(test.group(1), List.of()).stream()
            .noneMatch(source -> source.contains(method))) {
          missing.add(row.section() + row.number() + " names " + test.group());
        }
      }
    }
    assertThat(named).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  /// The texts of all test classes by simple name, without the space that a formatter puts in.
  private static Map<String, List<String>> sources() throws IOException {
    Map<String, List<String>> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module :
          modules.map(path -> path.resolve("src/test/java")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(module)) {
          for (Path file :
              files
                  .filter(
                      path ->
                          path.toString().endsWith("Test.java")
                              || path.toString().endsWith("IT.java"))
                  .toList()) {
            String name = file.getFileName().toString().replace(".java", "");
            sources
                .computeIfAbsent(name, none -> new ArrayList<>())
                .add(Files.readString(file).replaceAll("void\\s+", "void "));
          }
        }
      }
    }
    return sources;
  }
}
