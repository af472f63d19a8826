package io.changeover.planner.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The traffic part of a phase.
///
/// @param weight share of new requests in percent that green shall have
/// @param pause least time at that weight
/// @param analysis what to measure there, null for nothing but the share
public record Shift(int weight, Duration pause, @Nullable Analysis analysis) {
  /// The least time that it takes.
  Duration length() {
    Duration measured = analysis == null ? Duration.ZERO : analysis.length();
    return pause.compareTo(measured) > 0 ? pause : measured;
  }
}
