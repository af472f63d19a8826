package io.changeover.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An inventory folder of a test.
record Folder(Path path) {

  /// A cluster that is right, and as short as it can be.
  static final String SMALL =
      """
      clusters:
        - name: small
          serving: "2.1.4"
          datastore:
            postgres: {host: db, database: kong, user: kong}
          kong:
            "2.1.4":
              nodes: [{name: blue, admin: "http://b:8001", proxy: "http://b:8000"}]
          router:
            haproxy: {runtime: "tcp://lb:9999", backend: kong}
      """;

  Folder with(String file, String text) {
    try {
      Files.writeString(path.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  LoadResult load() {
    return Inventory.load(path);
  }

  Cluster only() {
    return load().orThrow().clusters().iterator().next();
  }

  /// Errors as `file:line path: problem; expected …`, without the folder and the column.
  List<String> errors() {
    return switch (load()) {
      case LoadResult.Loaded _ -> List.of();
      case LoadResult.Invalid(List<InventoryError> errors, Inventory _) ->
          errors.stream()
              .map(
                  error ->
                      "%s:%d %s: %s; expected %s"
                          .formatted(
                              error.file().getFileName(),
                              error.line(),
                              error.path(),
                              error.problem(),
                              error.expected()))
              .toList();
    };
  }
}
