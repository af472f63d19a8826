package io.changeover.exporter.kongyml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KongYmlReaderTest {

  private static final String HEAD = "_transform: false\n_format_version: '2.1'\n";

  @TempDir private Path folder;

  private record Item(String list, Map<String, @Nullable Object> fields) {}

  private static List<Item> read(String text) throws IOException {
    List<Item> items = new ArrayList<>();
    KongYmlReader.read(new StringReader(text), (list, fields) -> items.add(new Item(list, fields)));
    return items;
  }

  private static String again(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    KongYmlWriter writer = new KongYmlWriter(bytes);
    for (Item item : read(text)) {
      writer.item(KongEntities.named(item.list()).orElseThrow(), item.fields());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void entities_come_one_by_one_in_the_order_of_the_file() throws IOException {
    List<Item> items =
        read(
            HEAD
                + """
                consumers:
                - username: alice
                  id: a611c74e-5b69-4128-92c7-a37c25726a12
                  custom_id: ~
                  tags:
                  - vip
                  - '1'
                certificates:
                - cert: |
                    -----BEGIN
                    AA==
                  key: 'it''s'
                targets:
                - created_at: 1795563160.481
                  weight: 5
                  meta: {}
                """);
    assertThat(items)
        .extracting(Item::list)
        .containsExactly("consumers", "certificates", "targets");
    Map<String, @Nullable Object> alice = new LinkedHashMap<>();
    alice.put("username", new Plain("alice"));
    alice.put("id", new Plain("a611c74e-5b69-4128-92c7-a37c25726a12"));
    alice.put("custom_id", null);
    alice.put("tags", List.of(new Plain("vip"), "1"));
    assertThat(items.getFirst().fields()).isEqualTo(alice);
    assertThat(items.get(1).fields())
        .isEqualTo(Map.of("cert", "-----BEGIN\nAA==\n", "key", "it's"));
    assertThat(items.get(2).fields())
        .isEqualTo(
            Map.of(
                "created_at",
                new Plain("1795563160.481"),
                "weight",
                new Plain("5"),
                "meta",
                Map.of()));
  }

  @Test
  void a_store_without_entities_has_a_head_alone() throws IOException {
    assertThat(read(HEAD)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.50",
        "1e3",
        "0x1F",
        "1_000",
        "1:30",
        "2026-01-02",
        ".5",
        "true",
        "no",
        "on",
        "y",
        "=",
        "<<",
        "127.0.0.1:80",
        "/path/a b",
        "größe",
        "uuid#counter",
        "'1'",
        "'yes'",
        "'a: b #c'",
        "''",
        "~"
      })
  void what_was_read_is_written_as_it_stood(String value) throws IOException {
    String text =
        "_format_version: '2.1'\n_transform: false\nplugins:\n- id: b\n  config:\n    value: %s\n    list:\n    - %s\n";
    String once = again(text.formatted(value, value));
    assertThat(once).contains("list:\n    - ");
    assertThat(again(once)).isEqualTo(once);
    if (!value.startsWith("'") && !value.contains("'")) {
      assertThat(once).isEqualTo(text.formatted(value, value));
    }
  }

  @Test
  void an_entity_is_handed_on_before_the_next_one_is_read() {
    Reader endless =
        new Reader() {
          private final StringBuilder next = new StringBuilder(HEAD + "consumers:\n");
          private int items;

          @Override
          public int read(char[] buffer, int from, int length) {
            while (next.length() < length) {
              next.append("- id: ").append(items++).append("\n  username: 'u'\n");
            }
            next.getChars(0, length, buffer, from);
            next.delete(0, length);
            return length;
          }

          @Override
          public void close() {}
        };
    int[] seen = {0};
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                KongYmlReader.read(
                    endless,
                    (_, _) -> {
                      if (++seen[0] == 20_000) {
                        throw new IllegalStateException("enough");
                      }
                    }))
        .withMessage("enough");
  }

  @Test
  void a_file_of_more_than_three_million_characters_is_read() throws IOException {
    String chain = "    Y2hhaW4K\n".repeat(400_000);
    assertThat(read(HEAD + "certificates:\n- id: a\n  cert: |\n" + chain)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "_transform: true|_format_version: '2.1'|its head",
        "_transform: false|_format_version: '1.1'|its head",
        "_transform: false|services: []|its head",
        "_transform: false|services: 5|it does not have a list of entities in line 2",
        "_transform: false|- a|it is no YAML in line 2",
        "_transform: false|services: [a]|it does not have an entity of services in line 2",
        "_transform: false|services: [{a: *b}]|it does not have a value in line 2",
        "_transform: false|services: [{[a]: b}]|it does not have a name in line 2"
      })
  void another_file_is_refused_with_its_line(String first, String second, String reason) {
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> read(first + "\n" + second + "\n"))
        .withMessageContaining(reason);
  }

  @Test
  void a_second_document_and_nothing_at_all_are_refused() {
    for (String text : List.of(HEAD + "---\n" + HEAD, "", "# nothing\n", "[]\n")) {
      assertThatExceptionOfType(BrokenKongYmlException.class).isThrownBy(() -> read(text));
    }
    String deep = "[".repeat(200) + "]".repeat(200);
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> read(HEAD + "services:\n- a: " + deep + "\n"))
        .withMessageContaining("levels");
  }

  @Test
  void no_value_is_in_a_reason() throws IOException {
    Path file = folder.resolve("kong.yml");
    for (String broken :
        List.of(
            "  key: \"very-secret\n", "  key: very-secret: a\n", "  key: very-secret\u0007\n")) {
      Files.writeString(file, HEAD + "keyauth_credentials:\n- id: a\n" + broken);
      assertThatExceptionOfType(BrokenKongYmlException.class)
          .isThrownBy(() -> KongYmlReader.read(file, (_, _) -> {}))
          .satisfies(
              e ->
                  assertThat(e.getMessage() + e.expected() + e.remedy())
                      .doesNotContain("very-secret"));
    }
  }

  @Test
  void a_last_line_without_an_end_and_what_is_no_utf_8_are_refused() throws IOException {
    Path file = folder.resolve("kong.yml");
    Files.writeString(file, HEAD + "services:\n- host: exampl");
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> KongYmlReader.read(file, (_, _) -> {}))
        .withMessageEndingWith("its last line does not end");
    Files.writeString(file, HEAD + "services:\n- host: größe\n", StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> KongYmlReader.read(file, (_, _) -> {}))
        .withMessageEndingWith("not written in UTF-8");
  }
}
