package io.changeover.exporter.cassandra.plan;

import java.util.List;
import java.util.Optional;

/// What moves and what does not.
///
/// @param tables in the order to copy: what others refer to comes first
/// @param left what never moves, each with its reason
/// @param missing tables of the source that the target has not; nothing may be copied while one of
///   them has rows
/// @param absent columns of the source that the target has not; nothing may be copied while one of
///   them has values
/// @param problems why nothing may be copied; empty when it may
public record CopyPlan(
    List<PlannedTable> tables,
    List<Left> left,
    List<String> missing,
    List<Absent> absent,
    List<Problem> problems) {
  public CopyPlan {
    tables = List.copyOf(tables);
    left = List.copyOf(left);
    missing = List.copyOf(missing);
    absent = List.copyOf(absent);
    problems = List.copyOf(problems);
  }

  /// The planned table of that name.
  public Optional<PlannedTable> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
