package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Entities of a declarative file, in memory; nobody may change one.
final class DeclaredEntities implements Entities {
  /// As it stands in nodes without a database, where there is no row of a workspace.
  private static final String WORKSPACE = "00000000-0000-0000-0000-000000000000";

  private final Map<String, List<Map<String, @Nullable Object>>> rows;

  DeclaredEntities(Map<String, List<Map<String, @Nullable Object>>> rows) {
    this.rows = rows;
  }

  @Override
  public String defaultWorkspace() {
    return WORKSPACE;
  }

  @Override
  public Set<String> unfindable(String entity) {
    return Set.of();
  }

  @Override
  public Page list(String entity, int size, @Nullable String offset) {
    return page(sorted(entity), size, offset);
  }

  @Override
  public Page listBy(String entity, String field, String value, int size, @Nullable String offset) {
    List<Map<String, @Nullable Object>> found =
        sorted(entity).stream().filter(row -> has(row.get(field), value)).toList();
    return page(found, size, offset);
  }

  private List<Map<String, @Nullable Object>> sorted(String entity) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>(rows.getOrDefault(entity, List.of()));
    all.sort(Comparator.comparing(row -> String.valueOf(row.get("id"))));
    return all;
  }

  private static boolean has(@Nullable Object held, String value) {
    return switch (held) {
      case null -> false;
      case Map<?, ?> reference -> value.equals(reference.get("id"));
      case List<?> several -> several.contains(value);
      default -> value.equals(held.toString());
    };
  }

  private static Page page(
      List<Map<String, @Nullable Object>> all, int size, @Nullable String offset) {
    int from = offset == null ? 0 : Math.min(Integer.parseInt(offset), all.size());
    int to = Math.min(from + size, all.size());
    return new Page(
        List.copyOf(all.subList(from, to)), to < all.size() ? Integer.toString(to) : null);
  }

  @Override
  public Map<String, @Nullable Object> insert(String entity, Map<String, @Nullable Object> row) {
    throw refused("create", entity);
  }

  @Override
  public void insertAll(String entity, List<Map<String, @Nullable Object>> all) {
    throw refused("create", entity);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> update(
      String entity, String id, Map<String, @Nullable Object> changed) {
    throw refused("update", entity);
  }

  @Override
  public boolean delete(String entity, String id) {
    throw refused("delete", entity);
  }

  private static StoreException refused(String what, String entity) {
    return new StoreException(
        StoreException.Kind.UNSUPPORTED,
        "cannot " + what + " '" + entity + "' entities when not using a database",
        Map.of(),
        null);
  }
}
