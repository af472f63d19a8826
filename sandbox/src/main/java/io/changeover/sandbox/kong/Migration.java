package io.changeover.sandbox.kong;

import java.util.Set;

/// One named step of a subsystem's schema.
///
/// @param script the resource with the statements of its first half, and, with `.teardown`, of its
///   second; empty for a step that is known by name alone and does nothing here
/// @param teardown the kinds of store (`postgres`, `cassandra`) on which the step has a second
///   half, which `finish` runs
public record Migration(String name, String script, Set<String> teardown) {
  static Migration upOnly(String name) {
    return new Migration(name, name, Set.of());
  }

  static Migration withTeardown(String name) {
    return new Migration(name, name, Set.of("postgres", "cassandra"));
  }

  static Migration withTeardownOn(String store, String name) {
    return new Migration(name, name, Set.of(store));
  }

  /// A step of which only the name is known.
  Migration inNameOnly() {
    return new Migration(name, "", teardown);
  }

  /// Whether `up` leaves this step pending on such a store.
  public boolean hasTeardown(String store) {
    return teardown.contains(store);
  }
}
