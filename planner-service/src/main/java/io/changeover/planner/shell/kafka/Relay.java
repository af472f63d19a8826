package io.changeover.planner.shell.kafka;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.port.Lane;
import io.changeover.planner.port.Outbox;
import io.changeover.planner.port.Outgoing;
import io.changeover.planner.port.Seams;
import io.changeover.planner.port.Seams.Seam;
import io.changeover.planner.port.SendFailedException;
import io.changeover.schemas.CloudEvents;
import io.changeover.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what the journal says, in the journal's order: each entry, then the commands that it
/// decided.
///
/// A line that Kafka refuses (too large for its topic, no right to write there) holds its lane,
/// since what comes after it must not overtake it. The other lanes flow. A held lane is an alarm,
/// and is tried again from time to time: it flows by itself once Kafka takes the line.
public final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int LIMIT = 2_000;
  private static final String TYPE = CloudEvents.type(JournalEntry.getClassSchema());

  private final Outbox outbox;
  private final SafeProducer producer;
  private final Seams seams;
  private final Map<Integer, Hold> held = new ConcurrentHashMap<>();

  /// A lane that stands.
  private record Hold(Instant until, Duration pause) {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    static Hold after(@Nullable Hold before) {
      Duration pause = before == null ? FIRST : before.pause().multipliedBy(2);
      pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
      return new Hold(Instant.now().plus(pause), pause);
    }

    boolean isOver() {
      return !Instant.now().isBefore(until);
    }
  }

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
    var flowing = Lane.ALL.stream().filter(lane -> !held.containsKey(lane)).toList();
    int published = 0;
    try {
      published = outbox.publish(LIMIT, flowing, this::send);
    } catch (SendFailedException e) {
      if (!e.refused()) {
        throw e;
      }
      for (int lane : flowing) {
        published += publish(lane);
      }
    }
    for (var hold : held.entrySet()) {
      if (hold.getValue().isOver()) {
        published += publishLineByLine(hold.getKey());
      }
    }
    return published;
  }

  /// How many lanes stand still, since Kafka refuses a line of theirs.
  public int heldLanes() {
    return held.size();
  }

  private int publish(int lane) {
    try {
      return outbox.publish(LIMIT, List.of(lane), this::send);
    } catch (SendFailedException e) {
      if (!e.refused()) {
        throw e;
      }
      return publishLineByLine(lane);
    }
  }

  /// Up to the line that is refused, so that nothing before it waits for it, and nothing of the
  /// lane is sent again with each try.
  private int publishLineByLine(int lane) {
    var last = new AtomicReference<Outbox.@Nullable Line>();
    int published = 0;
    try {
      for (int one = 1; one > 0 && published < LIMIT; published += one) {
        one =
            outbox.publish(
                1,
                List.of(lane),
                lines -> {
                  last.set(lines.getLast());
                  send(lines);
                });
      }
      if (held.remove(lane) != null) {
        LOG.info("Lane {} flows again", lane);
      }
    } catch (SendFailedException e) {
      if (!e.refused()) {
        throw e;
      }
      hold(lane, last.get(), e);
    }
    return published;
  }

  private void hold(int lane, Outbox.@Nullable Line line, SendFailedException e) {
    Hold hold = held.compute(lane, (_, before) -> Hold.after(before));
    LOG.atError()
        .addKeyValue("alarm", "relay-held")
        .addKeyValue("lane", lane)
        .addKeyValue("upgrade", line == null ? "" : line.upgrade())
        .addKeyValue("cluster", line == null ? "" : line.cluster())
        .addKeyValue("seq", line == null ? 0 : line.seq())
        .log(
            "Kafka refuses a journal entry or one of its commands, and what comes after it in lane"
                + " {} waits; trying again in {}: {}. See docs/runbooks.md, \"A lane that stands\".",
            lane,
            hold == null ? Hold.FIRST : hold.pause(),
            e.getMessage());
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
