package io.changeover.exporter.cassandra.copy;

/// When cells were written and how long they have left: what is written with one statement.
///
/// @param micros write time in microseconds since 1970
/// @param ttl seconds left when they were read; 0 for ever
record Stamp(long micros, int ttl) {

  /// Whether cells of this stamp outlive those of the other; the newer ones where both live as
  /// long.
  boolean outlives(Stamp other) {
    if (ttl == other.ttl) {
      return micros > other.micros;
    }
    return ttl == 0 || (other.ttl != 0 && ttl > other.ttl);
  }
}
