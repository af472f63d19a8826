package io.changeover.planner.port;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Where messages go that can't be taken.
@FunctionalInterface
public interface Rejections {
  /// Makes all of them safe, or throws; ids come from the records' places, so that a repeat has the
  /// same id.
  ///
  /// @throws SendFailedException when one of them is not safe
  void send(List<Rejection> rejections);

  /// One message that can't be taken.
  ///
  /// @param record the record as it came
  /// @param reason what was wrong with it
  /// @param expected what would have been taken
  record Rejection(ConsumerRecord<String, byte[]> record, String reason, String expected) {}
}
