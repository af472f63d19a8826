package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Faults;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The faults that this node commits now; they can be switched while it runs. The share of failing
/// requests is spread evenly and without chance: with 0.2 every fifth request fails.
final class NodeFaults {

  private final AtomicLong requests = new AtomicLong();
  private volatile String words;
  private volatile double errors;
  private volatile Duration slow;
  private volatile boolean databaseUnreachable;

  NodeFaults(String text) {
    Faults faults = Faults.parse(text);
    words = text;
    errors = faults.share("errors");
    slow = faults.duration("slow");
    databaseUnreachable = faults.has("db-unreachable");
  }

  /// Replaces all faults.
  ///
  /// @throws IllegalArgumentException if a value can't be read; nothing changes then
  void set(String text) {
    NodeFaults other = new NodeFaults(text);
    words = text;
    errors = other.errors;
    slow = other.slow;
    databaseUnreachable = other.databaseUnreachable;
  }

  /// What was asked for, as in CHANGEOVER_FAULTS.
  String words() {
    return words;
  }

  /// Whether the next request fails.
  boolean nextFails() {
    double share = errors;
    if (share <= 0) {
      return false;
    }
    long n = requests.incrementAndGet();
    return Math.floor(n * share) > Math.floor((n - 1) * share);
  }

  /// How much longer an answer takes.
  Duration slow() {
    return slow;
  }

  boolean databaseUnreachable() {
    return databaseUnreachable;
  }
}
