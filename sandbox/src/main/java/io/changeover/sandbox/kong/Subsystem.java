package io.changeover.sandbox.kong;

import java.util.List;

/// `core` or a plugin, with its migrations in the order they run.
public record Subsystem(String name, List<Migration> migrations) {
  static Subsystem of(String name, Migration... migrations) {
    return new Subsystem(name, List.of(migrations));
  }
}
