package io.changeover.exporter.cassandra.kongyml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.exporter.cassandra.copy.Watch;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.BrokenKongYmlException;
import io.changeover.exporter.kongyml.KongYmlReader;
import io.changeover.exporter.kongyml.KongYmlWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportSieveTest {

  /// In the manner of 2.1.4, which exports counters and tokens too.
  private static final String EXPORT =
      """
      _transform: false
      _format_version: '2.1'
      consumers:
      - custom_id: ~
        id: c1
        username: alice
      ratelimiting_metrics:
      - identifier: very-secret
        value: 7
      keyauth_credentials:
      - key: first
        id: k1
        consumer: c1
      - key: second
        id: k2
        ttl: 90
        consumer: c1
      targets:
      - created_at: 1795563160.481
        id: t2
        target: 127.0.0.1:1
        weight: 5
      - created_at: 1795563160.407
        id: t1
        target: 127.0.0.1:1
        weight: 10
      oauth2_tokens:
      - id: o1
        ttl: 7000
      services:
      - host: one
        id: s1
        brand_new: 1
        name: first
      - host: two
        id: s2
        name: second
      """;

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "consumers", Set.of("id", "username", "custom_id"),
          "keyauth_credentials", Set.of("id", "key", "consumer"),
          "targets", Set.of("id", "target", "weight", "created_at"),
          "services", Set.of("id", "host", "name"));

  @TempDir private Path folder;

  private StoredIds stored;

  @BeforeEach
  void whatTheStoreHolds() {
    stored = new StoredIds(FIELDS.keySet());
    stored.moves("consumers", "c1");
    stored.moves("keyauth_credentials", "k1");
    stored.moves("keyauth_credentials", "k2");
    stored.moves("targets", "t2");
    stored.stays("targets", "t1");
    stored.moves("services", "s1");
    stored.moves("services", "s2");
  }

  private record Sieved(String text, Map<String, Long> counts, List<Problem> problems) {}

  private Sieved sieve(String export) throws IOException {
    return sieve(export.getBytes(StandardCharsets.UTF_8));
  }

  private Sieved sieve(byte[] export) throws IOException {
    Path file = folder.resolve("kong.yml");
    Files.write(file, export);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    KongYmlWriter writer = new KongYmlWriter(bytes);
    ExportSieve sieve = new ExportSieve(FIELDS, stored, writer, Watch.NONE);
    KongYmlReader.read(file, sieve);
    return new Sieved(
        bytes.toString(StandardCharsets.UTF_8), writer.counts(), sieve.problems("kong"));
  }

  private String refused(String export) throws IOException {
    return String.join("; ", sieve(export).problems().stream().map(Problem::reason).toList());
  }

  @Test
  void the_newest_targets_and_every_entity_pass_and_counters_tokens_and_unknown_fields_do_not()
      throws IOException {
    Sieved sieved = sieve(EXPORT);
    assertThat(sieved.problems()).isEmpty();
    assertThat(sieved.counts())
        .isEqualTo(
            Map.of("consumers", 1L, "keyauth_credentials", 2L, "targets", 1L, "services", 2L));
    assertThat(sieved.text())
        .isEqualTo(
            """
            _format_version: '2.1'
            _transform: false
            consumers:
            - custom_id: ~
              id: c1
              username: alice
            keyauth_credentials:
            - key: first
              id: k1
              consumer: c1
            - key: second
              id: k2
              ttl: 90
              consumer: c1
            targets:
            - created_at: 1795563160.481
              id: t2
              target: 127.0.0.1:1
              weight: 5
            services:
            - host: one
              id: s1
              name: first
            - host: two
              id: s2
              name: second
            """);
  }

  @Test
  void a_file_that_was_cut_anywhere_is_refused() throws IOException {
    byte[] whole = EXPORT.getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertThat(sieve(cut).problems()).as("cut to %d bytes", length).isNotEmpty();
        read++;
      } catch (BrokenKongYmlException e) {
        assertThat(e.getMessage()).doesNotContain("very-secret");
      }
    }
    assertThat(read).as("cuts that still are YAML").isGreaterThan(10);
  }

  @Test
  void a_list_that_stopped_early_is_named_with_both_counts() throws IOException {
    assertThat(refused(EXPORT.replaceAll("(?s)- host: two.*", "")))
        .contains("what the keyspace kong holds: {services=1 of 2}");
    assertThat(refused(EXPORT.replaceAll("(?s)- custom_id.*?(?=rate)", "  []\n")))
        .contains("{consumers=0 of 1}");
    assertThat(refused(EXPORT.replaceAll("(?s)services:.*", ""))).contains("{services=0 of 2}");
    assertThat(refused(EXPORT.replaceAll("(?s)- created_at: 1795563160.407.*(?=oauth2)", "")))
        .contains("{targets=1 of 2}");
  }

  @Test
  void an_entity_that_the_store_does_not_hold_is_named_unless_it_has_ended() throws IOException {
    String ended = EXPORT.replace("- key: second", "- {id: k3, key: third, ttl: 1}\n- key: second");
    Sieved sieved = sieve(ended);
    assertThat(sieved.problems()).isEmpty();
    assertThat(sieved.text()).doesNotContain("third");
    assertThat(refused(ended.replace("ttl: 1", "ttl: ~")))
        .contains("{keyauth_credentials=2 of 2 and 1 that it does not hold}");
  }

  @Test
  void an_entity_that_stands_twice_does_not_make_up_for_another_one() throws IOException {
    assertThat(refused(EXPORT.replace("id: s2", "id: s1")))
        .contains("{services=1 of 2 and 1 once more}");
  }

  @Test
  void fields_that_the_store_has_are_missed() throws IOException {
    assertThat(refused(EXPORT.replace("    name: second\n".substring(2), "")))
        .contains("without fields that the keyspace kong has: {services=[name]}");
  }

  @Test
  void a_list_that_begins_again_and_an_entity_without_an_id_are_refused() {
    String second = "- key: second\n  id: k2\n  ttl: 90\n  consumer: c1\n";
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> sieve(EXPORT.replace(second, "") + "keyauth_credentials:\n" + second))
        .withMessageContaining("The list keyauth_credentials stands twice");
    assertThatExceptionOfType(BrokenKongYmlException.class)
        .isThrownBy(() -> sieve(EXPORT.replace("id: s1", "no: s1")))
        .withMessageContaining("An entity of services")
        .withMessageContaining("has no id");
  }
}
