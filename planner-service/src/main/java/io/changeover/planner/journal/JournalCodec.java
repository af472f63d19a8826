package io.changeover.planner.journal;

import io.changeover.messages.ClusterView;
import io.changeover.messages.RecordedInput;
import io.changeover.messages.UpgradePlan;
import io.changeover.messages.UpgradeSnapshot;
import io.changeover.planner.core.Effect;
import io.changeover.planner.core.UpgradeEvent;
import io.changeover.planner.core.UpgradeId;
import io.changeover.planner.core.UpgradeInput;
import io.changeover.planner.core.UpgradeState;
import io.changeover.schemas.Codec;
import io.changeover.schemas.Messages;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Between the core's types and the records on topics and in the database. Equal values give equal
/// bytes, so that a folded state can be compared with a stored one byte by byte.
public final class JournalCodec {
  /// Kinds of recorded inputs.
  public static final String REQUEST = "request";

  public static final String REPORT = "report";
  public static final String TIMER = "timer";
  public static final String ADMISSION = "admission";

  static {
    trustOwnMessages();
  }

  private JournalCodec() {}

  /// An input as the core decides on it.
  ///
  /// @param message of a request or report; null for the others
  /// @param cluster what the inventory says of the cluster when an upgrade is asked for, and which
  ///   upgrade of it runs; null when it is unknown
  /// @throws UnreadableRecord when it is no input
  public static UpgradeInput input(
      String kind,
      String id,
      Instant at,
      long seed,
      @Nullable SpecificRecord message,
      @Nullable ClusterView cluster,
      UpgradeId upgrade) {
    InputCodec codec = new InputCodec(id, at, seed, upgrade);
    return switch (kind) {
      case TIMER -> codec.timer();
      case ADMISSION -> codec.admission();
      case REQUEST, REPORT -> {
        if (message == null) {
          throw new UnreadableRecord("a message in a recorded " + kind, "nothing");
        }
        yield codec.message(message, cluster);
      }
      default -> throw new UnreadableRecord("request, report, timer or admission", kind);
    };
  }

  /// The same from its record.
  public static UpgradeInput input(RecordedInput recorded, UpgradeId upgrade) {
    return input(
        recorded.getKind(),
        recorded.getId(),
        recorded.getAt(),
        recorded.getSeed(),
        message(recorded).orElse(null),
        recorded.getCluster(),
        upgrade);
  }

  private static Optional<SpecificRecord> message(RecordedInput recorded) {
    ByteBuffer message = recorded.getMessage();
    if (message == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    try {
      return Optional.of(Codec.decode(bytes));
    } catch (UndecodableException e) {
      throw new UnreadableRecord("a message in input " + recorded.getId(), e);
    }
  }

  /// The record of an input: all that the decision looks at.
  public static RecordedInput recorded(
      String kind,
      String id,
      Instant at,
      long seed,
      @Nullable SpecificRecord message,
      @Nullable ClusterView cluster,
      String traceparent) {
    ByteBuffer bytes = message == null ? null : ByteBuffer.wrap(Codec.encode(message));
    return new RecordedInput(id, kind, at, seed, bytes, cluster, traceparent);
  }

  /// Events as they are recorded.
  public static List<io.changeover.messages.UpgradeEvent> events(List<UpgradeEvent> events) {
    return events.stream().map(EventCodec::record).toList();
  }

  /// An event from its record.
  ///
  /// @throws UnreadableRecord when no event of that shape is known
  public static UpgradeEvent event(io.changeover.messages.UpgradeEvent recorded) {
    return EventReader.event(recorded);
  }

  /// A state as it is stored: single-object encoding of an `UpgradeSnapshot`.
  public static byte[] snapshot(UpgradeState state) {
    return Codec.encode(SnapshotCodec.record(state));
  }

  /// A state from its stored bytes.
  ///
  /// @throws UnreadableRecord when the bytes are no snapshot that this planner knows
  public static UpgradeState state(byte[] snapshot) {
    try {
      return SnapshotReader.state(record(snapshot));
    } catch (org.apache.avro.AvroRuntimeException e) {
      throw new UnreadableRecord("a stored state", e);
    }
  }

  /// The record of a stored state, of this release or an earlier one.
  ///
  /// @throws UnreadableRecord when the bytes are no snapshot that this planner knows
  public static UpgradeSnapshot record(byte[] snapshot) {
    try {
      return (UpgradeSnapshot) Codec.decode(snapshot);
    } catch (UndecodableException | ClassCastException e) {
      throw new UnreadableRecord("a stored state", e);
    }
  }

  /// Whether two stored states were written by the same release, their plans included: only then
  /// equal states have equal bytes.
  ///
  /// @throws UnreadableRecord when one of them is no snapshot that this planner knows
  static boolean sameRelease(byte[] snapshot, byte[] other) {
    return Codec.sameSchema(ByteBuffer.wrap(snapshot), ByteBuffer.wrap(other))
        && Codec.sameSchema(planBytes(snapshot), planBytes(other));
  }

  private static ByteBuffer planBytes(byte[] snapshot) {
    ByteBuffer plan = record(snapshot).getPlan();
    return plan == null ? ByteBuffer.allocate(0) : plan;
  }

  /// The plan in a stored state as a record, for people; empty where there is none.
  ///
  /// @throws UnreadableRecord when it is no plan
  public static Optional<UpgradePlan> plan(UpgradeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getPlan())
        .map(SnapshotReader.PLANS::plan)
        .map(PlanCodec::record);
  }

  /// The message that asks for an effect: `PhaseCommand` or `RunbookRequested`.
  public static SpecificRecord command(Effect effect) {
    return CommandCodec.record(effect);
  }

  /// The topic of that message.
  public static String topic(Effect effect) {
    return CommandCodec.topic(effect);
  }

  /// Avro instantiates only classes that [Messages] told it to trust, and a process that only reads
  /// snapshots would not have loaded it.
  private static void trustOwnMessages() {
    if (Messages.ALL.isEmpty()) {
      throw new IllegalStateException("Expected messages in " + Messages.class);
    }
  }
}
