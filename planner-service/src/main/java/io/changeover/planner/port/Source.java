package io.changeover.planner.port;

import java.util.Comparator;
import java.util.UUID;

/// One partition that records come from.
///
/// @param topic the topic's id, not its name: offsets of a recreated topic start anew
/// @param partition the partition's number
public record Source(UUID topic, int partition) implements Comparable<Source> {
  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::topic).thenComparingInt(Source::partition);

  @Override
  public int compareTo(Source other) {
    return ORDER.compare(this, other);
  }
}
