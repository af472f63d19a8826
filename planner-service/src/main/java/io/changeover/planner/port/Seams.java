package io.changeover.planner.port;

/// The places between two steps where a crash must do no harm. Tests crash there.
@FunctionalInterface
public interface Seams {
  /// Nothing ever happens.
  Seams NONE = seam -> {};

  /// Called when the planner passes a seam.
  void at(Seam seam);

  /// The seams, in the order in which a batch passes them.
  enum Seam {
    /// Decided, nothing written.
    BEFORE_WRITE,
    /// Written, not committed.
    BEFORE_COMMIT,
    /// Committed; neither published nor are the offsets.
    AFTER_COMMIT,
    /// The relay has claimed lines and sent none.
    BEFORE_SEND,
    /// All lines are on Kafka, the watermark has not moved.
    AFTER_SEND,
    /// Published; the offsets are not committed.
    BEFORE_OFFSETS
  }
}
