package io.changeover.planner.shell.kafka;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.port.Outbox;
import io.changeover.planner.port.Outgoing;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Publishes what the journal says, in the journal's order: each entry, then the commands that it
/// decided.
public final class Relay {
  private static final int LIMIT = 2_000;
  private static final String TYPE = CloudEvents.type(JournalEntry.getClassSchema());

  private final Outbox outbox;
  private final SafeProducer producer;
  private final Seams seams;

  /// @param producer of this relay alone
  public Relay(Outbox outbox, SafeProducer producer, Seams seams) {
    this.outbox = outbox;
    this.producer = producer;
    this.seams = seams;
  }

  /// Publishes what waits, one batch of it.
  ///
  /// @return how many entries that was
  public int publish() {
    return outbox.publish(LIMIT, this::send);
  }

  private void send(List<Outbox.Line> lines) {
    seams.at(Seam.BEFORE_SEND);
    var records = new ArrayList<ProducerRecord<String, byte[]>>(2 * lines.size());
    for (Outbox.Line line : lines) {
      records.add(entry(line));
      for (Outgoing command : line.commands()) {
        records.add(
            CloudEvents.encoded(
                command.topic(), line.cluster(), command.body(), command.headers()));
      }
    }
    producer.send(records);
    seams.at(Seam.AFTER_SEND);
  }

  private static ProducerRecord<String, byte[]> entry(Outbox.Line line) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce_specversion", "1.0");
    headers.put(CloudEvents.ID, line.upgrade() + "/" + line.seq());
    headers.put(CloudEvents.TYPE, TYPE);
    headers.put(CloudEvents.SOURCE, "/planner");
    headers.put(CloudEvents.SUBJECT, line.upgrade());
    headers.put(CloudEvents.TIME, line.at().toString());
    headers.put(CloudEvents.CONTENT_TYPE, CloudEvents.AVRO);
    return CloudEvents.encoded(Topics.JOURNAL, line.cluster(), line.data(), headers);
  }
}
