package io.changeover.planner.shell;

import io.changeover.messages.PhaseReport;
import io.changeover.planner.port.Source;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// One record as it came, read as far as it can be read.
sealed interface Received {
  /// Where it came from.
  Source source();

  /// The record itself.
  ConsumerRecord<String, byte[]> record();

  /// A request of somebody.
  ///
  /// @param upgrade the upgrade that it names, or null
  record Request(
      Source source,
      ConsumerRecord<String, byte[]> record,
      SpecificRecord message,
      String id,
      String cluster,
      @Nullable String upgrade)
      implements Received {}

  /// What a worker or runbook answers.
  record Report(Source source, ConsumerRecord<String, byte[]> record, PhaseReport report)
      implements Received {}

  /// No message of ours.
  record Unreadable(
      Source source, ConsumerRecord<String, byte[]> record, String reason, String expected)
      implements Received {}
}
