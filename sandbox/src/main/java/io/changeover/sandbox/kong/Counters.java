package io.changeover.sandbox.kong;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The counters that nodes share when `rate-limiting` has `policy = cluster`.
public interface Counters {
  /// Adds to a counter and says what it is now.
  ///
  /// @param period `second`, `minute`, `hour`, `day`, `month` or `year`
  /// @param periodDate when the period began
  int add(
      String identifier,
      String period,
      Instant periodDate,
      @Nullable String service,
      @Nullable String route,
      int value);

  /// What a counter is now; 0 when it was never touched.
  int get(
      String identifier,
      String period,
      Instant periodDate,
      @Nullable String service,
      @Nullable String route);
}
