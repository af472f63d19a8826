package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.findings.Hash64;
import io.changeover.exporter.cassandra.findings.HashSet64;
import io.changeover.exporter.cassandra.plan.Problem;
import io.changeover.exporter.kongyml.Entity;
import io.changeover.exporter.kongyml.Field;
import io.changeover.exporter.kongyml.KongEntities;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What would stop the import half-way: values that are unique in their workspace but not in one
/// workspace together, and references that lead nowhere. Kept as hashes of 64 bits, for all rows:
/// 11 to 22 bytes each. Safe for several threads, as long as parents end before children begin.
final class FileRules {

  private static final int SHOWN = 5;

  private final Map<String, HashSet64> ids = new HashMap<>();
  private final Map<String, HashSet64> values = new HashMap<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> orphans = new ArrayList<>();
  private long doubledCount;
  private long orphanCount;

  /// Looks at what is about to be written.
  void look(Entity entity, Map<String, @Nullable Object> row) {
    String id = text(row, "id");
    set(ids, entity.name()).add(hash(id));
    for (Field field : entity.fields()) {
      Object value = row.get(field.name());
      if (value == null) {
        continue;
      }
      String parent = KongEntities.REFERENCES.get(field.name());
      if (field.kind() == Field.Kind.REFERENCE && parent != null) {
        reference(entity, id, field, set(ids, parent).contains(hash(value.toString())));
      }
      if (field.unique()) {
        unique(entity, id, field.name(), value.toString());
      }
    }
    if (!entity.composite().isEmpty()) {
      unique(
          entity,
          id,
          String.join("+", entity.composite()),
          entity.composite().stream()
              .map(name -> text(row, name))
              .collect(Collectors.joining("\u0000")));
    }
  }

  private static String text(Map<String, @Nullable Object> row, String name) {
    return Objects.requireNonNullElse(row.get(name), "").toString();
  }

  private HashSet64 set(Map<String, HashSet64> sets, String name) {
    synchronized (sets) {
      return sets.computeIfAbsent(name, _ -> new HashSet64());
    }
  }

  private static long hash(String value) {
    return Hash64.of(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private void reference(Entity entity, String id, Field field, boolean known) {
    if (!known) {
      synchronized (this) {
        orphanCount++;
        show(orphans, "%s id=%s (%s)".formatted(entity.name(), id, field.name()));
      }
    }
  }

  private void unique(Entity entity, String id, String name, String value) {
    if (!set(values, entity.name() + "." + name).add(hash(value))) {
      synchronized (this) {
        doubledCount++;
        show(doubled, "%s id=%s (%s)".formatted(entity.name(), id, name));
      }
    }
  }

  private static void show(List<String> shown, String one) {
    if (shown.size() < SHOWN) {
      shown.add(one);
    }
  }

  /// Why the file must not be imported.
  synchronized List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (doubledCount > 0) {
      problems.add(
          new Problem(
              "%d entities have a name or key that another one has too, once all are in one workspace: %s"
                  .formatted(doubledCount, String.join("; ", doubled)),
              "each name and key once in all workspaces together",
              "rename them at blue, or go the way copy or dump, which keep workspaces"));
    }
    if (orphanCount > 0) {
      problems.add(
          new Problem(
              "%d entities refer to one that is not there, at which the import would stop: %s"
                  .formatted(orphanCount, String.join("; ", orphans)),
              "references to entities that are there",
              "delete them at blue, or go the way copy or dump, which move them as they are"));
    }
    return problems;
  }
}
