package io.changeover.sandbox.kong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConformanceDocumentTest {
  private static final Path PAGE = Path.of("CONFORMANCE.md");

  @Test
  void the_page_says_what_the_table_says() throws IOException {
    String expected =
        ConformanceDocument.text(ConformanceTable.load(), ConformanceTable.cassandra());
    if (Boolean.getBoolean("changeover.write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as(
            "write it anew with ./mvnw -pl sandbox test -Dtest=ConformanceDocumentTest -Dchangeover.write=true")
        .content()
        .isEqualTo(expected);
  }

  @Test
  void an_observation_is_listed_once() throws IOException {
    ConformanceTable table = ConformanceTable.load();
    List<String> all = new ArrayList<>();
    table
        .situations()
        .forEach(
            s ->
                s.covers()
                    .forEach(
                        c -> all.add(c.matches("(fresh|config)/.*") ? s.version() + " " + c : c)));
    table.processes().forEach(n -> all.addAll(n.covers()));
    table.unclaimed().forEach(n -> all.addAll(n.covers()));
    // A situation of both versions stands for one observation of each; those that name one run are
    // counted once.
    assertThat(all.stream().filter(c -> c.matches("\\d\\.\\d\\.\\d .*"))).doesNotHaveDuplicates();
    assertThat(table.unclaimed().stream().flatMap(n -> n.covers().stream()))
        .doesNotContainAnyElementsOf(
            table.situations().stream().flatMap(s -> s.covers().stream()).toList());
  }

  @Test
  void every_process_claim_names_a_test() throws IOException {
    List<String> tests =
        Arrays.stream(KongProcessIT.class.getDeclaredMethods()).map(m -> m.getName()).toList();
    assertThat(ConformanceTable.load().processes())
        .allSatisfy(n -> assertThat(tests).contains(n.text()));
  }
}
