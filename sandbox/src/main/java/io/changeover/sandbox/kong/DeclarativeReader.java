package io.changeover.sandbox.kong;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Checks and flattens the content of a declarative file: nested children become rows with a
/// foreign key, names become ids, rows without an id get one that is the same each time.
final class DeclarativeReader {
  private static final Set<String> FORMATS = Set.of("1.1", "2.1");
  private static final Set<String> NOT_ENTITIES =
      Set.of("_format_version", "_transform", "_comment", "_ignore", "_info");

  private final Profile profile;
  private final List<String> plugins;
  private final Instant now = Instant.now();
  private final Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();

  DeclarativeReader(Profile profile, List<String> plugins) {
    this.profile = profile;
    this.plugins = plugins;
  }

  /// @throws KongException `Failed parsing:` and every problem
  DeclarativeFile read(Map<?, ?> top) {
    Map<String, Object> problems = new LinkedHashMap<>();
    profile.entities().forEach(schema -> rows.put(schema.name(), new ArrayList<>()));
    Object format = top.get("_format_version");
    if (format == null) {
      problems.put("_format_version", "required field missing");
    } else if (!(format instanceof String text) || !FORMATS.contains(text)) {
      problems.put(
          "_format_version",
          format instanceof String ? "expected one of: 1.1, 2.1" : "expected a string");
    }
    top.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (!NOT_ENTITIES.contains(name)) {
            Object wrong =
                isEntity(name) ? collect(profile.entity(name), value, Map.of()) : "unknown field";
            put(problems, name, wrong);
          }
        });
    refuse(problems);
    refuse(resolve());
    dropEarlierOfOneKey();
    return new DeclarativeFile(!Boolean.FALSE.equals(top.get("_transform")), rows);
  }

  private static void put(Map<String, Object> problems, String name, @Nullable Object wrong) {
    if (wrong != null) {
      problems.put(name, wrong);
    }
  }

  private static void refuse(Map<String, Object> problems) {
    if (!problems.isEmpty()) {
      throw DeclarativeFile.failed(Problems.text(problems));
    }
  }

  private boolean isEntity(String name) {
    return profile.entities().stream().anyMatch(schema -> schema.name().equals(name));
  }

  private @Nullable Object collect(
      EntitySchema schema, @Nullable Object list, Map<String, Object> parent) {
    if (!(list instanceof List<?> entries)) {
      return list == null ? null : "expected an array";
    }
    Map<String, Object> problems = new TreeMap<>();
    for (int at = 0; at < entries.size(); at++) {
      Object wrong =
          entries.get(at) instanceof Map<?, ?> entry
              ? collectOne(schema, entry, parent)
              : "expected a record";
      put(problems, Integer.toString(at + 1), wrong);
    }
    return problems.isEmpty() ? null : problems;
  }

  private @Nullable Object collectOne(
      EntitySchema schema, Map<?, ?> entry, Map<String, Object> parent) {
    Map<String, @Nullable Object> own = new LinkedHashMap<>();
    Map<String, @Nullable Object> nested = new LinkedHashMap<>();
    entry.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          (schema.field(name) == null && isChild(name, schema) ? nested : own).put(name, value);
        });
    own.putAll(parent);
    spreadUrl(schema, own);
    own.putIfAbsent("id", null);
    Object givenId = own.get("id");
    Map<String, @Nullable Object> row = schema.complete(own, now);
    row.put("id", givenId == null ? stableId(schema, own) : givenId);
    Map<String, Object> problems = new LinkedHashMap<>(schema.violations(row));
    refusePlugin(schema, row, problems);
    rows.getOrDefault(schema.name(), new ArrayList<>()).add(row);
    Map<String, Object> self =
        Map.of(foreignName(schema), Map.of("id", String.valueOf(row.get("id"))));
    nested.forEach(
        (name, value) -> put(problems, name, collect(profile.entity(name), value, self)));
    return problems.isEmpty() ? null : problems;
  }

  /// `url` is short for protocol, host, port and path of a service.
  private static void spreadUrl(EntitySchema schema, Map<String, @Nullable Object> own) {
    if (schema.name().equals("services") && own.remove("url") instanceof String text) {
      java.net.URI url = java.net.URI.create(text);
      own.put("protocol", url.getScheme());
      own.put("host", url.getHost());
      own.put(
          "port", url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80);
      if (url.getPath() != null && !url.getPath().isEmpty()) {
        own.put("path", url.getPath());
      }
    }
  }

  private void refusePlugin(
      EntitySchema schema, Map<String, @Nullable Object> row, Map<String, Object> problems) {
    if (schema.name().equals("plugins")
        && row.get("name") instanceof String name
        && !plugins.contains(name)) {
      problems.put(
          "name",
          "plugin '" + name + "' not enabled; add it to the 'plugins' configuration property");
    }
  }

  private boolean isChild(String name, EntitySchema parent) {
    return isEntity(name)
        && profile.entity(name).fields().stream()
            .anyMatch(f -> parent.name().equals(f.reference()));
  }

  /// `services` are led to by `service`.
  private static String foreignName(EntitySchema schema) {
    return schema.name().replaceFirst("s$", "");
  }

  private static String stableId(EntitySchema schema, Map<String, @Nullable Object> own) {
    StringBuilder key = new StringBuilder(schema.name());
    Field unique = schema.fields().stream().filter(Field::unique).findFirst().orElse(null);
    if (unique != null && own.get(unique.name()) != null) {
      key.append(':').append(own.get(unique.name()));
    } else {
      schema.fields().stream()
          .filter(
              f ->
                  f.reference() != null
                      || f.name().equals("name")
                      || f.name().equals("target")
                      || f.name().equals("group"))
          .forEach(f -> key.append(':').append(own.get(f.name())));
      if (schema.name().equals("routes")) {
        key.append(':').append(new TreeMap<>(own));
      }
    }
    return UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Turns references by name into ids.
  private Map<String, Object> resolve() {
    Map<String, Object> problems = new LinkedHashMap<>();
    for (EntitySchema schema : profile.entities()) {
      for (Map<String, @Nullable Object> row : rows.getOrDefault(schema.name(), List.of())) {
        for (Field field : schema.fields()) {
          String parent = field.reference();
          if (parent != null && row.get(field.name()) instanceof String text) {
            String id = idOf(parent, text);
            if (id == null) {
              dangling(problems, schema, row, field, text);
            } else {
              row.put(field.name(), Map.of("id", id));
            }
          }
        }
      }
    }
    return problems;
  }

  private @Nullable String idOf(String entity, String text) {
    List<String> keys =
        profile.entity(entity).fields().stream()
            .filter(f -> f.unique() || f.name().equals("id"))
            .map(Field::name)
            .toList();
    for (Map<String, @Nullable Object> row : rows.getOrDefault(entity, List.of())) {
      if (keys.stream().anyMatch(key -> text.equals(row.get(key)))) {
        return String.valueOf(row.get("id"));
      }
    }
    return null;
  }

  private static void dangling(
      Map<String, Object> problems,
      EntitySchema schema,
      Map<String, @Nullable Object> row,
      Field field,
      String text) {
    Object named = row.get("name");
    String key = named == null ? String.valueOf(row.get("id")) : named.toString();
    problems.put(
        schema.name(),
        Map.of(
            key,
            List.of(
                "invalid reference '"
                    + field.name()
                    + ": "
                    + text
                    + "' (no such entry in '"
                    + field.reference()
                    + "')")));
  }

  /// Two rows with one id, which also two with one name have: the later one is meant.
  private void dropEarlierOfOneKey() {
    rows.replaceAll(
        (name, all) -> {
          Map<Object, Map<String, @Nullable Object>> byId = new LinkedHashMap<>();
          all.forEach(row -> byId.put(String.valueOf(row.get("id")), row));
          return new ArrayList<>(byId.values());
        });
  }
}
