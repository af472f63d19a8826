package io.changeover.traffic.router;

import java.util.Locale;

/// Whether a router lets writes through to the Admin APIs of a backend.
public enum FreezeState {
  /// Reads and writes pass.
  OPEN,
  /// Only reads (GET, HEAD) pass.
  FROZEN;

  /// The word in the router's map.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
