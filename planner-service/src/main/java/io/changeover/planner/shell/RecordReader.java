package io.changeover.planner.shell;

import io.changeover.messages.PhaseReport;
import io.changeover.planner.port.Source;
import io.changeover.schemas.Inbound;
import io.changeover.schemas.Messages;
import io.changeover.schemas.Topics;
import io.changeover.schemas.UndecodableException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reads records. Never throws: what can't be read says so.
final class RecordReader {
  /// Names are keys in the ledger and in topics.
  private static final int MAX_NAME = 200;

  private final int maxBytes;

  /// @param maxBytes longest message that is taken
  RecordReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  Received read(Source source, ConsumerRecord<String, byte[]> record) {
    try {
      return read(source, record, message(record));
    } catch (UndecodableException e) {
      return new Received.Unreadable(source, record, String.valueOf(e.getMessage()), e.expected());
    } catch (RuntimeException | StackOverflowError e) {
      return new Received.Unreadable(
          source,
          record,
          "message that breaks the reader (" + e.getClass().getSimpleName() + ")",
          "one of the documented messages");
    }
  }

  private SpecificRecord message(ConsumerRecord<String, byte[]> record)
      throws UndecodableException {
    int length = record.value() == null ? 0 : record.value().length;
    if (length > maxBytes) {
      throw new UndecodableException(
          "message of %d bytes".formatted(length), "at most %d bytes".formatted(maxBytes));
    }
    return Inbound.read(
        record, record.topic().equals(Topics.REPORTS) ? Messages.REPORTS : Messages.REQUESTS);
  }

  private static Received read(
      Source source, ConsumerRecord<String, byte[]> record, SpecificRecord message)
      throws UndecodableException {
    if (message instanceof PhaseReport report) {
      name("id", report.getId());
      name("cluster", report.getCluster());
      name("upgrade", report.getUpgrade());
      name("phase", report.getPhase());
      return new Received.Report(source, record, report);
    }
    String upgrade = field(message, "upgrade");
    if (upgrade != null) {
      name("upgrade", upgrade);
    }
    return new Received.Request(
        source,
        record,
        message,
        name("id", field(message, "id")),
        name("cluster", field(message, "cluster")),
        upgrade);
  }

  private static @Nullable String field(SpecificRecord message, String name) {
    var field = message.getSchema().getField(name);
    Object value = field == null ? null : message.get(field.pos());
    return value == null ? null : value.toString();
  }

  /// Names are stored as text and as index keys: no control characters, not too long.
  private static String name(String field, @Nullable String value) throws UndecodableException {
    if (value == null
        || value.isBlank()
        || value.length() > MAX_NAME
        || value.chars().anyMatch(Character::isISOControl)) {
      throw new UndecodableException(
          "field '%s' that is no name".formatted(field),
          "'%s' to have 1 to %d characters, none of them a control character"
              .formatted(field, MAX_NAME));
    }
    return value;
  }
}
