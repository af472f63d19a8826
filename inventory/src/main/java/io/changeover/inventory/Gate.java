package io.changeover.inventory;

import java.time.Duration;

/// A place where the upgrade waits for an answer.
///
/// @param before the phase that the gate stands before
/// @param deadline how long it may stay open before the upgrade is held
public record Gate(String name, String before, Duration deadline) {

  /// The gate before the point of no return.
  public static final String CONFIRM = "confirm";

  /// The gate at which somebody accepts what Kong's own export loses. The planner puts it before
  /// `export` on the way kong-yml; a file can only say how long it may stay open.
  public static final String ACCEPT_LOSS = "accept-loss";
}
