package io.changeover.sandbox.kong;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of an entity or of a plugin's configuration.
///
/// @param initial the default as JSON text, or null
/// @param oneOf the only values allowed, for text and for the elements of a list; empty for any
/// @param reference the entity that a foreign key leads to
public record Field(
    String name,
    Type type,
    boolean required,
    boolean unique,
    @Nullable String initial,
    List<String> oneOf,
    @Nullable Range range,
    @Nullable String reference) {

  /// What a value is in JSON.
  public enum Type {
    TEXT,
    NAME,
    UUID,
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXTS,
    PATHS,
    RECORD,
    RECORDS,
    FOREIGN,
    SECONDS,
    MILLISECONDS,
    TTL
  }

  /// Both ends are allowed.
  public record Range(long least, long most) {}

  static Field of(String name, Type type) {
    return new Field(name, type, false, false, null, List.of(), null, null);
  }

  static Field text(String name) {
    return of(name, Type.TEXT);
  }

  static Field integer(String name) {
    return of(name, Type.INTEGER);
  }

  static Field flag(String name) {
    return of(name, Type.BOOLEAN);
  }

  static Field texts(String name) {
    return of(name, Type.TEXTS);
  }

  static Field foreign(String name, String entity) {
    return new Field(name, Type.FOREIGN, false, false, null, List.of(), null, entity);
  }

  Field must() {
    return new Field(name, type, true, unique, initial, oneOf, range, reference);
  }

  Field once() {
    return new Field(name, type, required, true, initial, oneOf, range, reference);
  }

  Field initially(String json) {
    return new Field(name, type, required, unique, json, oneOf, range, reference);
  }

  Field among(String... values) {
    return new Field(name, type, required, unique, initial, List.of(values), range, reference);
  }

  Field between(long least, long most) {
    return new Field(
        name, type, required, unique, initial, oneOf, new Range(least, most), reference);
  }

  /// The column it is kept in.
  public String column() {
    return type == Type.FOREIGN ? name + "_id" : name;
  }
}
