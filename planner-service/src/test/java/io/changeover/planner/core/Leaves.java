package io.changeover.planner.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The records at the ends of a sealed hierarchy.
public final class Leaves {
  private Leaves() {}

  /// All of them, each once, by name.
  public static List<Class<?>> of(Class<?> sealed) {
    return find(sealed).distinct().sorted((a, b) -> a.getName().compareTo(b.getName())).toList();
  }

  private static Stream<Class<?>> find(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Leaves::find)
        : Stream.of(type);
  }
}
