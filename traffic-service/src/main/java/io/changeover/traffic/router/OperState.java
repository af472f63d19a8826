package io.changeover.traffic.router;

/// What the router's own health checks say of a server. Without a check a router believes its
/// servers up.
public enum OperState {
  DOWN,
  STARTING,
  UP,
  STOPPING;

  /// Whether it takes requests.
  public boolean serves() {
    return this == UP || this == STARTING;
  }
}
