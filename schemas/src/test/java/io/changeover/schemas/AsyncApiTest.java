package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/// Holds `schemas/asyncapi.yaml` to the code.
class AsyncApiTest {
  private static final Map<String, List<Schema>> CARRIED =
      Map.of(
          Topics.REQUESTS, Messages.REQUESTS,
          Topics.REPORTS, Messages.REPORTS,
          Topics.COMMANDS_MIGRATOR, List.of(Messages.COMMANDS.getFirst()),
          Topics.COMMANDS_TRAFFIC, List.of(Messages.COMMANDS.getFirst()),
          Topics.COMMANDS_EXPORTER, List.of(Messages.COMMANDS.getFirst()),
          Topics.COMMANDS_RUNBOOK, List.of(Messages.COMMANDS.getLast()),
          Topics.JOURNAL, List.of(Messages.RECORDS.getFirst()),
          Topics.REJECTED, List.of(Messages.RECORDS.getLast()));

  private final JsonNode document = read();

  @Test
  void every_topic_is_a_channel_with_its_messages_and_no_other() {
    var described = new TreeMap<String, List<String>>();
    for (var channel : document.get("channels")) {
      described.put(channel.get("address").asText(), fieldNames(channel.get("messages")));
    }
    var coded =
        CARRIED.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Inbound.names(e.getValue())));
    assertThat(described).isEqualTo(coded).containsOnlyKeys(Topics.ALL);
  }

  @Test
  void every_message_is_described_and_points_at_the_file_that_defines_it() throws Exception {
    var messages = document.at("/components/messages");
    assertThat(fieldNames(messages))
        .containsExactlyInAnyOrderElementsOf(Inbound.names(Messages.ALL));
    for (String name : fieldNames(messages)) {
      var idl = Path.of(messages.get(name).at("/payload/schema/$ref").asText());
      assertThat(Files.readString(idl)).as(name).contains("record " + name + " {");
    }
  }

  @Test
  void every_channel_has_an_operation() {
    var used =
        document.get("operations").properties().stream()
            .map(o -> o.getValue().at("/channel/$ref").asText())
            .toList();
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            fieldNames(document.get("channels")).stream().map(c -> "#/channels/" + c).toList());
  }

  @Test
  void the_headers_described_are_the_headers_sent() {
    var message = Samples.all().getFirst();
    var sent =
        CloudEvents.headers(message, "i", "s", "/x", java.time.Instant.EPOCH, "00-t").keySet();
    var described = document.at("/components/messageTraits/cloudEvent/headers/properties");
    assertThat(fieldNames(described)).containsExactlyInAnyOrderElementsOf(sent);
  }

  private static List<String> fieldNames(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("asyncapi.yaml").toFile());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
