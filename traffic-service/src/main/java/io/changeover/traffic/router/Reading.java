package io.changeover.traffic.router;

/// What reading a backend gave.
public sealed interface Reading {

  /// The router answered in full.
  record Seen(Observation observation) implements Reading {}

  /// The router answered that it has no such backend.
  record NoBackend(String words) implements Reading {}

  /// The router did not answer, or not in a way that can be understood. Nothing may be concluded
  /// from it.
  record Unknown(String reason) implements Reading {}
}
