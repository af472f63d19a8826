package io.changeover.exporter.catalog;

import java.util.List;

/// The schema has objects that a copy could not make again.
public final class UnsupportedSchemaException extends RuntimeException {

  UnsupportedSchemaException(String schema, List<String> objects) {
    super(
        "The schema %s has objects that a copy can't make again: %s"
            .formatted(schema, String.join(", ", objects)));
  }
}
