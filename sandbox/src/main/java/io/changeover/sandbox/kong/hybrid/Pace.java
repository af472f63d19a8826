package io.changeover.sandbox.kong.hybrid;

import java.time.Duration;

/// How fast nodes of hybrid mode are.
///
/// @param leastRetry the least time before a data plane connects again
/// @param mostRetry the most
/// @param ping how often a data plane tells its control plane that it lives
/// @param remembered how long a control plane of 2.1 lists a data plane after its last ping
/// @param dataPlaneEnd how long a data plane of 2.2 takes to notice that it shall quit
/// @param controlPlaneEnd the same for a control plane of 2.2 with data planes
public record Pace(
    Duration leastRetry,
    Duration mostRetry,
    Duration ping,
    Duration remembered,
    Duration dataPlaneEnd,
    Duration controlPlaneEnd) {

  /// As observed.
  public static final Pace OBSERVED =
      new Pace(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(65),
          Duration.ofSeconds(1),
          Duration.ofMillis(4800));
}
