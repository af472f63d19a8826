package io.changeover.exporter.kongyml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class KongYmlWriterTest {

  private static final Entity CONSUMERS = KongEntities.named("consumers").orElseThrow();
  private static final Entity SERVICES = KongEntities.named("services").orElseThrow();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Map<String, Object> parsed() {
    return new Yaml().load(text());
  }

  private @Nullable Object read(@Nullable Object value) throws IOException {
    bytes.reset();
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("value", value);
    new KongYmlWriter(bytes).item(CONSUMERS, row);
    List<?> consumers = (List<?>) Objects.requireNonNull(parsed().get("consumers"));
    return ((Map<?, ?>) consumers.getFirst()).get("value");
  }

  @Test
  void the_head_stands_alone_where_there_are_no_rows() throws IOException {
    assertThat(new KongYmlWriter(bytes).counts()).isEmpty();
    assertThat(parsed()).isEqualTo(Map.of("_format_version", "2.1", "_transform", false));
  }

  @Test
  void a_row_is_written_in_the_manner_of_kong() throws IOException {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("id", "a611c74e-5b69-4128-92c7-a37c25726a12");
    row.put("created_at", BigDecimal.valueOf(1795563160407L, 3));
    row.put("custom_id", null);
    row.put("tags", List.of("vip", "1"));
    row.put("cert", "-----BEGIN\nAA==\n-----END\n");
    row.put("config", Map.of("allow", List.of("10.0.0.1"), "empty", Map.of(), "none", List.of()));
    KongYmlWriter writer = new KongYmlWriter(bytes);
    writer.item(CONSUMERS, row);
    writer.item(SERVICES, Map.of("id", "b"));

    assertThat(text())
        .startsWith("_format_version: '2.1'\n_transform: false\nconsumers:\n- id: a611c74e-")
        .contains("\n  created_at: 1795563160.407\n  custom_id: ~\n  tags:\n  - vip\n  - '1'\n")
        .contains("\n  cert: |\n    -----BEGIN\n    AA==\n    -----END\n")
        .endsWith("services:\n- id: b\n");
    assertThat(writer.counts()).isEqualTo(Map.of("consumers", 1L, "services", 1L));
  }

  @Test
  void a_kind_that_has_ended_does_not_begin_again() throws IOException {
    KongYmlWriter writer = new KongYmlWriter(bytes);
    writer.item(CONSUMERS, Map.of("id", "a"));
    writer.item(SERVICES, Map.of("id", "b"));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> writer.item(CONSUMERS, Map.of("id", "c")))
        .withMessageContaining("consumers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yes",
        "No",
        "ON",
        "null",
        "~",
        "1",
        "0x1F",
        "1e3",
        "1_000",
        "1:30",
        "2026-01-02",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "=",
        "<<",
        "- a",
        "a: b",
        "a #b",
        "#",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%",
        "@a",
        "`a",
        "'",
        "''",
        "\"",
        "\\",
        "\\n",
        "a\nb",
        "a\n",
        "a\n\nb",
        "\na",
        "a\n\n",
        " a\nb",
        "a\n b",
        "a \nb",
        "a\tb",
        "\t",
        "a\r\nb",
        "\u0000",
        "\u0007",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "Åse–日本語-🦍",
        "ﬁ\u0301-\u202eabc",
        "größe\n日本",
        "🦍\n🦍",
        "{a}",
        "[a]",
        "a,b",
        "a:",
        ":a",
        "?",
        "? a",
        "-",
        "--- a",
        "...",
        "y",
        "/",
        "/a",
        "/upstream/1/base",
        "12345678-1234-1234-1234-123456789012",
        "0e123456-1234-1234-1234-123456789012"
      })
  void every_text_is_read_as_it_was(String text) throws IOException {
    assertThat(read(text)).isEqualTo(text);
    assertThat(read(List.of(text))).isEqualTo(List.of(text));
    assertThat(read(Map.of(text, text))).isEqualTo(Map.of(text, text));
    assertThat(read(List.of(Map.of("k", List.of(text)), List.of(text))))
        .isEqualTo(List.of(Map.of("k", List.of(text)), List.of(text)));
  }

  @Test
  void texts_of_any_characters_are_read_as_they_were() throws IOException {
    Random random = new Random(7);
    int[] ends = {0x20, 0x7f, 0x100, 0xd800, 0x10000, 0x110000};
    for (int n = 0; n < 3_000; n++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      while (text.codePointCount(0, text.length()) < length) {
        int c = random.nextInt(8) == 0 ? '\n' : random.nextInt(ends[random.nextInt(ends.length)]);
        if (c < 0xd800 || c > 0xdfff) {
          text.appendCodePoint(c);
        }
      }
      assertThat(read(text.toString())).isEqualTo(text.toString());
    }
  }

  @Test
  void numbers_keep_their_worth() throws IOException {
    for (Object number : List.of(0L, -1L, 2147483647L, 1000000000)) {
      assertThat(((Number) Objects.requireNonNull(read(number))).longValue())
          .isEqualTo(((Number) number).longValue());
    }
    assertThat(read(new BigDecimal("0.25"))).isEqualTo(0.25);
    assertThat(read(new BigDecimal("1E+3"))).isEqualTo(1000);
  }

  @Test
  void a_chain_of_a_megabyte_is_a_block() throws IOException {
    String chain =
        "-----BEGIN CERTIFICATE-----\nY2hhaW4K\n-----END CERTIFICATE-----\n".repeat(16_000);
    assertThat(read(chain)).isEqualTo(chain);
    assertThat(text()).contains("value: |\n");
  }

  @Test
  void every_reference_leads_to_what_stands_before_it() {
    List<String> before = new ArrayList<>();
    for (Entity entity : KongEntities.ALL) {
      for (Field field : entity.fields()) {
        if (field.kind() == Field.Kind.REFERENCE) {
          assertThat(before).contains(KongEntities.REFERENCES.get(field.name()));
        }
      }
      before.add(entity.name());
    }
    assertThat(before).doesNotHaveDuplicates();
  }
}
