package io.changeover.sandbox.kong;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What Kong says about rows that collide, lead nowhere or are led to.
final class Violations {
  private Violations() {}

  static StoreException primaryKey(Map<String, String> key, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.PRIMARY_KEY,
        "primary key violation on key '" + text(key) + "'",
        key,
        cause);
  }

  static StoreException unique(Map<String, String> key, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.UNIQUE, "UNIQUE violation detected on '" + text(key) + "'", key, cause);
  }

  /// @param key the field that leads nowhere, and where it leads
  static StoreException leadsNowhere(
      String id, String parent, Map<String, String> key, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.FOREIGN_KEY,
        "the foreign key '{id=\""
            + id
            + "\"}' does not reference an existing '"
            + parent
            + "' entity.",
        key,
        cause);
  }

  static StoreException stillReferenced(String child, String parent, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.FOREIGN_KEY,
        "an existing '" + child + "' entity references this '" + parent + "' entity",
        Map.of(),
        cause);
  }

  private static String text(Map<String, String> key) {
    return key.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + "="
                    + (e.getValue().equals("null") ? "null" : "\"" + e.getValue() + "\""))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
