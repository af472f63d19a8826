package io.changeover.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.cli.preflight.ClusterResult.Verdict;
import io.changeover.cli.preflight.Found.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Instant AT = Instant.parse("2026-11-28T07:00:00Z");
  private static final String HOSTILE =
      "</td></table><script>alert(1)</script><img src=x onerror='alert(\"2\")'>&amp;\u001b[2J\u202e";

  private static final ClusterResult READY =
      result("ready-1", new Found(Severity.FACT, "fact", "migrator", "well", "asked", ""));
  private static final ClusterResult BLOCKED =
      result(
          "blocked-1",
          new Found(Severity.WARNING, "warn", "traffic", "perhaps", "asked", "look"),
          Found.blocker("block", "planner", "no way", "answered", "mend"));
  private static final ClusterResult GONE =
      result("gone-1", Found.blocker("unreachable", "migrator", "gone", "refused", "start"));

  private static ClusterResult result(String name, Found... findings) {
    return new ClusterResult(
        name,
        "estate.yaml",
        "traditional",
        "2.1.4",
        "2.2.2",
        List.of("2.1.4", "2.2.2"),
        "shared-datastore",
        List.of(),
        List.of(findings));
  }

  private static ClusterResult hostile() {
    return new ClusterResult(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        List.of(HOSTILE, HOSTILE),
        HOSTILE,
        List.of(HOSTILE),
        List.of(Found.blocker(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)));
  }

  @Test
  void the_heaviest_finding_decides_and_stands_first() {
    assertThat(READY.verdict()).isEqualTo(Verdict.READY);
    assertThat(BLOCKED.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(BLOCKED.firstCause()).map(Found::code).hasValue("block");
    assertThat(GONE.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(READY.firstCause()).isEmpty();
  }

  @Test
  void the_table_has_a_line_for_each_cluster_and_counts_them() {
    assertThat(TableText.table(List.of(READY, BLOCKED, GONE)))
        .hasSize(5)
        .anyMatch(
            line ->
                line.matches(
                    "blocked-1 +2\\.1\\.4 → 2\\.2\\.2 +shared-datastore +1 +1 +block: no way"))
        .last()
        .isEqualTo("3 clusters: 1 ready, 1 blocked, 1 unreachable");
    assertThat(TableText.details(BLOCKED)).anyMatch(line -> line.contains("do:   mend"));
  }

  @Test
  void a_terminal_gets_no_control_characters() {
    List<String> lines = new ArrayList<>(TableText.table(List.of(hostile())));
    lines.addAll(TableText.details(hostile()));
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotContain("\u001b", "\u202e", "\n"));
  }

  @Test
  void json_has_the_fields_of_its_schema_and_no_others() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode schema =
        mapper.readTree(
            Objects.requireNonNull(JsonReport.class.getResource("preflight.schema.json")));
    JsonNode report = mapper.readTree(JsonReport.of(List.of(READY, BLOCKED, GONE), AT));
    assertThat(schema.at("/properties/format/const").asText()).isEqualTo(JsonReport.FORMAT);
    same(schema, report);
    same(schema.at("/properties/totals"), report.at("/totals"));
    JsonNode cluster = schema.at("/properties/clusters/items");
    same(cluster, report.at("/clusters/1"));
    same(cluster.at("/properties/findings/items"), report.at("/clusters/1/findings/0"));
    assertThat(report.at("/totals/unreachable").asInt()).isEqualTo(1);
    assertThat(report.at("/clusters/1/findings/0/severity").asText()).isEqualTo("blocker");
    assertThat(names(cluster.at("/properties/verdict/enum")))
        .containsExactly("ready", "blocked", "unreachable");
  }

  private static void same(JsonNode schema, JsonNode written) {
    List<String> fields = new ArrayList<>();
    written.fieldNames().forEachRemaining(fields::add);
    List<String> known = new ArrayList<>();
    schema.at("/properties").fieldNames().forEachRemaining(known::add);
    assertThat(fields).isNotEmpty().isEqualTo(known);
    assertThat(names(schema.at("/required"))).isEqualTo(known);
  }

  private static List<String> names(JsonNode array) {
    List<String> names = new ArrayList<>();
    array.forEach(element -> names.add(element.asText()));
    return names;
  }

  @Test
  void nothing_from_outside_is_markup_in_the_page() {
    String page = HtmlReport.of(List.of(hostile(), READY), AT);
    String harmless = HtmlReport.of(List.of(result("x", hostile().findings().getFirst())), AT);
    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("\u001b");
    assertThat(page).doesNotContain("<img", "<script>alert", "alert(\"2\")", "onerror='");
    assertThat(count(page, "<script")).isEqualTo(1);
    assertThat(count(harmless, "<script")).isEqualTo(1);
  }

  @Test
  void the_page_loads_nothing_and_runs_no_script_but_its_own() throws Exception {
    String page = HtmlReport.of(List.of(READY, BLOCKED, GONE), AT);
    assertThat(page).doesNotContain("http://", "https://", "src=", "@import", "url(");
    assertThat(page).contains("default-src 'none'", policy("script", page), policy("style", page));
  }

  private static String policy(String element, String page) throws Exception {
    Matcher matcher =
        Pattern.compile("<%1$s>(.*)</%1$s>".formatted(element), Pattern.DOTALL).matcher(page);
    assertThat(matcher.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
    return "%s-src 'sha256-%s'".formatted(element, Base64.getEncoder().encodeToString(digest));
  }

  @Test
  void every_cell_of_a_heading_says_what_it_heads_and_every_row_has_its_details() {
    String page = HtmlReport.of(List.of(READY, BLOCKED, GONE), AT);
    assertThat(count(page, "<th ")).isEqualTo(count(page, "<th scope=")).isGreaterThan(20);
    assertThat(count(page, "<th>")).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(count(page, "href=\"#c" + i + "\"")).isEqualTo(1);
      assertThat(count(page, "<details id=\"c" + i + "\">")).isEqualTo(1);
      assertThat(count(page, "data-details=\"c" + i + "\"")).isEqualTo(1);
    }
    assertThat(page)
        .contains("<html lang=\"en\">", "<caption>", "prefers-color-scheme: dark", "@media print");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
