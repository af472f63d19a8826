package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.messages.AnswerGate;
import io.changeover.messages.PhaseReport;
import io.changeover.messages.ReportKind;
import io.changeover.messages.StartUpgrade;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundTest {
  @Test
  void a_request_in_json_without_headers_is_read_with_defaults() throws Exception {
    var request =
        (StartUpgrade)
            request(
                "{\"type\":\"StartUpgrade\",\"cluster\":\"eu-1\",\"toVersion\":\"2.2.2\",\"by\":\"kim\"}");
    assertThat(request.getCluster()).isEqualTo("eu-1");
    assertThat(request.getAcknowledgements()).isEmpty();
    assertThat(request.getFromVersion()).isNull();
    assertThat(request.getId()).isEqualTo(Ids.ofRecord(Topics.REQUESTS, 3, 42));
  }

  @Test
  void a_request_in_json_keeps_its_own_id() throws Exception {
    var request =
        (AnswerGate)
            request(
                "{\"type\":\"AnswerGate\",\"id\":\"x\",\"cluster\":\"eu-1\",\"gate\":\"confirm\",\"by\":\"kim\"}");
    assertThat(request.getId()).isEqualTo("x");
    assertThat(request.getAnswer()).isEqualTo("APPROVED");
  }

  @Test
  void a_report_in_json_is_read_with_times_facts_and_failure() throws Exception {
    var report =
        (PhaseReport)
            read(
                """
                {"type":"PhaseReport","cluster":"eu-1","upgrade":"u","phase":"start-green","attempt":1,"worker":"me",
                 "kind":"FAILED","at":"2026-11-25T03:00:00Z","facts":{"nodes.running":"2"},
                 "failure":{"kind":"RETRYABLE","reason":"no capacity"}}
                """,
                Messages.REPORTS,
                Topics.REPORTS,
                null);
    assertThat(report.getKind()).isEqualTo(ReportKind.FAILED);
    assertThat(report.getAt()).isEqualTo(Instant.parse("2026-11-25T03:00:00Z"));
    assertThat(report.getFacts()).isEqualTo(Map.of("nodes.running", "2"));
    assertThat(report.getFailure().getExpected()).isEmpty();
  }

  @Test
  void an_avro_request_is_read() throws Exception {
    var sent = Samples.of(StartUpgrade.getClassSchema());
    assertThat(Inbound.read(record(Codec.encode(sent), Topics.REQUESTS, null), Messages.REQUESTS))
        .isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                         | no "type"
          []                                                         | no object
          {"type":"Destroy","cluster":"eu-1"}                        | type 'Destroy'
          {"type":"AnswerGate","cluster":"eu-1","by":"kim"}          | no field 'gate'
          {"type":"PauseUpgrade","cluster":7,"by":"kim"}             | field 'cluster' is number
          {"type":"PauseUpgrade","cluster":"eu-1","by":"k","x":1}    | unknown field 'x'
          {"type":"PauseUpgrade","cluster":"a","cluster":"b"}        | no valid JSON
          {"type":"PauseUpgrade","cluster":"eu-1","by":"kim"} more   | no valid JSON
          {"type":"PhaseReport","cluster":"eu-1"}                    | type 'PhaseReport'
          start eu-1                                                 | no valid JSON
          """)
  void a_request_that_is_none_says_why(String json, String reason) {
    assertThatThrownBy(() -> request(json))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining(reason)
        .extracting(e -> ((UndecodableException) e).expected())
        .asString()
        .isNotBlank();
  }

  @Test
  void a_reason_never_repeats_what_was_sent() {
    assertThatThrownBy(() -> request("{\"password\":\"hunter2\" oops"))
        .isInstanceOf(UndecodableException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void a_key_that_is_not_the_cluster_is_refused() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"type\":\"PauseUpgrade\",\"cluster\":\"eu-1\",\"by\":\"kim\"}",
                    Messages.REQUESTS,
                    Topics.REQUESTS,
                    "eu-2"))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("'eu-2'")
        .hasMessageContaining("'eu-1'");
  }

  @Test
  void a_report_on_the_request_topic_is_refused() {
    var report = Codec.encode(Samples.of(PhaseReport.getClassSchema()));
    assertThatThrownBy(() -> Inbound.read(record(report, Topics.REQUESTS, null), Messages.REQUESTS))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("PhaseReport");
  }

  @Test
  void an_empty_message_is_refused() {
    assertThatThrownBy(
            () -> Inbound.read(record(new byte[0], Topics.REQUESTS, null), Messages.REQUESTS))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("empty");
  }

  private static SpecificRecord request(String json) throws UndecodableException {
    return read(json, Messages.REQUESTS, Topics.REQUESTS, null);
  }

  private static SpecificRecord read(
      String json, List<Schema> accepted, String topic, @Nullable String key)
      throws UndecodableException {
    return Inbound.read(record(json.getBytes(StandardCharsets.UTF_8), topic, key), accepted);
  }

  @SuppressWarnings("NullAway") // a Kafka record may have no key
  private static ConsumerRecord<String, byte[]> record(
      byte[] body, String topic, @Nullable String key) {
    return new ConsumerRecord<>(
        topic,
        3,
        42,
        0,
        TimestampType.CREATE_TIME,
        0,
        body.length,
        key,
        body,
        new RecordHeaders(),
        Optional.empty());
  }
}
