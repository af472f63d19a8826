package io.changeover.migrator.observe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Names of migrations by subsystem (`core`, or a plugin's name; Enterprise has more, and none is
/// special here). Order within a subsystem is Kong's; a name counts once.
public record Migrations(SortedMap<String, Set<String>> bySubsystem) {

  /// No migration at all.
  public static final Migrations NONE = new Migrations(new TreeMap<>());

  public Migrations {
    TreeMap<String, Set<String>> copy = new TreeMap<>();
    bySubsystem.forEach(
        (subsystem, names) -> {
          if (!names.isEmpty()) {
            copy.put(subsystem, java.util.Collections.unmodifiableSet(new LinkedHashSet<>(names)));
          }
        });
    bySubsystem = java.util.Collections.unmodifiableSortedMap(copy);
  }

  /// From lists, as they stand in `schema_meta`.
  public static Migrations of(Map<String, List<String>> lists) {
    TreeMap<String, Set<String>> sets = new TreeMap<>();
    lists.forEach((subsystem, names) -> sets.put(subsystem, new LinkedHashSet<>(names)));
    return new Migrations(sets);
  }

  public boolean isEmpty() {
    return bySubsystem.isEmpty();
  }

  /// The names of one subsystem.
  public Set<String> of(String subsystem) {
    return bySubsystem.getOrDefault(subsystem, Set.of());
  }

  /// What is here and not there.
  public Migrations minus(Migrations other) {
    return keep(other, false);
  }

  /// What is here and there.
  public Migrations both(Migrations other) {
    return keep(other, true);
  }

  private Migrations keep(Migrations other, boolean shared) {
    TreeMap<String, Set<String>> kept = new TreeMap<>();
    bySubsystem.forEach(
        (subsystem, names) -> {
          LinkedHashSet<String> some = new LinkedHashSet<>(names);
          some.removeIf(name -> other.of(subsystem).contains(name) != shared);
          kept.put(subsystem, some);
        });
    return new Migrations(kept);
  }

  /// `core:012_213_to_220`, sorted.
  public Set<String> ids() {
    TreeSet<String> ids = new TreeSet<>();
    bySubsystem.forEach(
        (subsystem, names) -> names.forEach(name -> ids.add(subsystem + ":" + name)));
    return ids;
  }

  /// The ids joined by commas; empty for none.
  @Override
  public String toString() {
    return String.join(",", ids());
  }
}
