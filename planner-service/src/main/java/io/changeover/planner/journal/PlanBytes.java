package io.changeover.planner.journal;

import io.changeover.messages.UpgradePlan;
import io.changeover.planner.core.Plan;
import io.changeover.schemas.Codec;
import io.changeover.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;

/// Plans as the bytes they have in a snapshot. A plan is most of a state and never changes, while
/// states are read and written thousands of times a second, so the last plans are remembered: equal
/// bytes give the same plan, and that plan gives these bytes.
final class PlanBytes {
  /// Enough for the upgrades that run at a time; what is forgotten is only encoded again.
  private static final int REMEMBERED = 1024;

  private final Map<ByteBuffer, Plan> plans = new Recent<>();
  private final Map<Identity, ByteBuffer> bytes = new Recent<>();

  /// The bytes of a plan, not to be changed.
  synchronized ByteBuffer of(Plan plan) {
    ByteBuffer known = bytes.get(new Identity(plan));
    if (known == null) {
      known = ByteBuffer.wrap(Codec.encode(PlanCodec.record(plan))).asReadOnlyBuffer();
      remember(plan, known);
    }
    return known.duplicate();
  }

  /// The plan of these bytes.
  ///
  /// @throws UnreadableRecord when they are no plan
  synchronized Plan plan(ByteBuffer encoded) {
    Plan known = plans.get(encoded);
    if (known == null) {
      byte[] copy = new byte[encoded.remaining()];
      encoded.duplicate().get(copy);
      known = decode(copy);
      remember(known, ByteBuffer.wrap(copy).asReadOnlyBuffer());
    }
    return known;
  }

  private void remember(Plan plan, ByteBuffer encoded) {
    plans.put(encoded, plan);
    bytes.put(new Identity(plan), encoded);
  }

  private static Plan decode(byte[] encoded) {
    try {
      return PlanCodec.plan((UpgradePlan) Codec.decode(encoded));
    } catch (UndecodableException | AvroRuntimeException | ClassCastException e) {
      throw new UnreadableRecord("a plan", e);
    }
  }

  /// The very same plan; comparing the content would cost as much as encoding it.
  private record Identity(Plan plan) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      return other instanceof Identity(Plan same) && same == plan;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(plan);
    }
  }

  /// Forgets what was not used for longest.
  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED;
    }
  }
}
