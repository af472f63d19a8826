package io.changeover.sandbox.kong;

import java.util.Set;

/// One named step of a subsystem's schema.
///
/// @param teardown the kinds of store (`postgres`, `cassandra`) on which the step has a second
///   half, which `finish` runs
public record Migration(String name, Set<String> teardown) {
  static Migration upOnly(String name) {
    return new Migration(name, Set.of());
  }

  static Migration withTeardown(String name) {
    return new Migration(name, Set.of("postgres", "cassandra"));
  }

  static Migration withTeardownOn(String store, String name) {
    return new Migration(name, Set.of(store));
  }

  /// Whether `up` leaves this step pending on such a store.
  public boolean hasTeardown(String store) {
    return teardown.contains(store);
  }
}
