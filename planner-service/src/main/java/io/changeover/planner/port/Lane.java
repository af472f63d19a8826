package io.changeover.planner.port;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/// A fixed slice of all clusters. Who writes an upgrade holds its lane; the journal is numbered and
/// published per lane.
///
/// A lane does not depend on Kafka's partitions: partitions may be added, and other clients hash
/// keys in another way (librdkafka takes CRC-32), so that requests and reports of one cluster may
/// come in over different partitions.
public final class Lane {
  /// Never changes: it is stored with every upgrade. With 1, 2, 4, 8 or 16 partitions, planners
  /// that share the partitions never wait for one another's lanes.
  public static final int COUNT = 16;

  /// Every lane, 0 to 15.
  public static final List<Integer> ALL = IntStream.range(0, COUNT).boxed().toList();

  private Lane() {}

  /// The lane of a cluster, 0 to 15; the same hash as Kafka's Java client uses.
  public static int of(String cluster) {
    return Utils.toPositive(Utils.murmur2(cluster.getBytes(StandardCharsets.UTF_8))) % COUNT;
  }
}
