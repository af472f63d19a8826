package io.changeover.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.cli.client.RequestSender.Format;
import io.changeover.messages.StartUpgrade;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Inbound;
import io.changeover.schemas.Messages;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestSenderTest {
  @ParameterizedTest
  @EnumSource(Format.class)
  void the_planner_reads_what_was_sent_in_either_format(Format format) throws Exception {
    StartUpgrade request =
        StartUpgrade.newBuilder()
            .setId("0199c1e0-0000-7000-8000-000000000001")
            .setCluster("payments-eu")
            .setToVersion("2.2.2")
            .setAcknowledgements(List.of("backup-off"))
            .setBy("kim")
            .setReason("\"quoted\", and ünïcode")
            .build();

    ProducerRecord<String, byte[]> sent = RequestSender.record(request, format);

    assertThat(Inbound.read(received(sent), Messages.REQUESTS)).isEqualTo(request);
    assertThat(sent.key()).isEqualTo("payments-eu");
    assertThat(CloudEvents.header(sent.headers(), CloudEvents.ID)).isEqualTo(request.getId());
    assertThat(CloudEvents.header(sent.headers(), CloudEvents.SUBJECT)).isEqualTo(request.getId());
  }

  private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        0,
        sent.value().length,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty());
  }
}
