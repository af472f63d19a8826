package io.changeover.exporter.kongyml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One kind of entity that the file carries.
///
/// @param name of the list in the file and of the table
/// @param composite fields that together may stand once in a workspace; empty for none
public record Entity(String name, List<Field> fields, List<String> composite) {

  public Entity {
    fields = List.copyOf(fields);
    composite = List.copyOf(composite);
  }

  static Entity of(String name, Field... own) {
    return new Entity(name, fields(own), List.of());
  }

  static Entity once(String name, List<String> composite, Field... own) {
    return new Entity(name, fields(own), composite);
  }

  /// Every entity has these.
  private static List<Field> fields(Field... own) {
    return Stream.of(
            Stream.of(
                Field.of("id", Field.Kind.UUID),
                Field.of("created_at", Field.Kind.SECONDS),
                Field.of("tags", Field.Kind.LIST)),
            Stream.of(own))
        .flatMap(part -> part)
        .toList();
  }

  /// The field that a column holds; empty for what the file does not carry.
  public Optional<Field> ofColumn(String column) {
    return fields.stream()
        .filter(field -> field.kind() != Field.Kind.TTL && field.column().equals(column))
        .findFirst();
  }

  /// The field of that name.
  public Optional<Field> field(String wanted) {
    return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
  }
}
