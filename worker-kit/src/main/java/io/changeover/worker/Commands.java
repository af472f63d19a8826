package io.changeover.worker;

import io.changeover.messages.PhaseCommand;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Codec;
import io.changeover.schemas.UndecodableException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Reads commands from records.
final class Commands {

  private Commands() {}

  /// @throws UndecodableException when it is no command for the cluster that is its key
  static Accepted read(ConsumerRecord<String, byte[]> record) throws UndecodableException {
    if (record.value() == null) {
      throw new UndecodableException("empty message", "a PhaseCommand");
    }
    if (!(Codec.decode(record.value()) instanceof PhaseCommand command)) {
      throw new UndecodableException("message of another type", "a PhaseCommand");
    }
    if (!command.getCluster().equals(record.key())) {
      throw new UndecodableException(
          "key and cluster '" + command.getCluster() + "' differ", "the cluster's name as the key");
    }
    String trace =
        Optional.ofNullable(CloudEvents.header(record.headers(), CloudEvents.TRACEPARENT))
            .orElse("");
    return new Accepted(command, new TopicPartition(record.topic(), record.partition()), trace);
  }
}
