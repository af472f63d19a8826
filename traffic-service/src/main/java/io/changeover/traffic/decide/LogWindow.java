package io.changeover.traffic.decide;

/// What the log stream said of both sides in a window.
public record LogWindow(Latencies blue, Latencies green) {

  /// Nothing.
  public static final LogWindow NONE = new LogWindow(Latencies.NONE, Latencies.NONE);
}
