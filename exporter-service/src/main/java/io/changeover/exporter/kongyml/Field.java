package io.changeover.exporter.kongyml;

/// One field of an entity in the file.
///
/// @param name in the file
/// @param column in the store
/// @param unique whether its values may stand once in a workspace
public record Field(String name, String column, Kind kind, boolean unique) {

  /// What a value is.
  public enum Kind {
    UUID,
    TEXT,
    /// An integer or a decimal.
    NUMBER,
    BOOLEAN,
    /// Whole seconds since 1970.
    SECONDS,
    /// Seconds since 1970 with three digits behind the point.
    MILLISECONDS,
    /// A list of texts or ids.
    LIST,
    /// A record or map.
    JSON,
    /// A list of records.
    JSON_LIST,
    /// The id of another entity.
    REFERENCE,
    /// The seconds that the row has left. No column of its own in Cassandra.
    TTL
  }

  static Field of(String name, Kind kind) {
    return new Field(name, name, kind, false);
  }

  static Field unique(String name) {
    return new Field(name, name, Kind.TEXT, true);
  }

  static Field reference(String name) {
    return new Field(name, name + "_id", Kind.REFERENCE, false);
  }
}
