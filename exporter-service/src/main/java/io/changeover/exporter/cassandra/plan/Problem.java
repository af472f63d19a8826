package io.changeover.exporter.cassandra.plan;

/// Why nothing may be copied.
///
/// @param reason what is wrong
/// @param expected what should have been so
/// @param remedy what to do about it
/// @param mayPass whether it may be gone a moment later
public record Problem(String reason, String expected, String remedy, boolean mayPass) {

  /// One that stays until somebody does something.
  public Problem(String reason, String expected, String remedy) {
    this(reason, expected, remedy, false);
  }
}
