package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads and writes entities of the workspace `default`, in the shape of Kong's JSON: times as
/// epoch seconds (a target's with milliseconds after the point), foreign keys as `{"id": …}` or
/// null, `ttl` as the seconds that remain; `ws_id` and `cache_key` never show.
///
/// An entity's name is its table's. Nothing here tells other nodes: that is [ClusterEvents]'.
public interface Entities {
  /// One page of a list.
  ///
  /// @param offset what to ask the next page with, or null when there is none
  record Page(List<Map<String, @Nullable Object>> rows, @Nullable String offset) {}

  /// The id of the workspace `default`.
  ///
  /// @throws StoreException when there is none, or when the version has no workspaces
  String defaultWorkspace();

  /// A page in the order of ids.
  ///
  /// @param offset what an earlier page gave, or null for the first
  Page list(String entity, int size, @Nullable String offset);

  /// Like [#list], only those whose field has that value: a foreign key (`service`) by id, `tags`
  /// by one tag, others as text.
  Page listBy(String entity, String field, String value, int size, @Nullable String offset);

  /// All rows in the order of ids.
  default List<Map<String, @Nullable Object>> all(String entity) {
    int size = 1000;
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    String offset = null;
    do {
      Page page = list(entity, size, offset);
      rows.addAll(page.rows());
      offset = page.offset();
    } while (offset != null);
    return rows;
  }

  /// The row with that id, or null.
  default @Nullable Map<String, @Nullable Object> find(String entity, String id) {
    return findBy(entity, "id", id);
  }

  /// The first row whose field has that value, or null.
  default @Nullable Map<String, @Nullable Object> findBy(
      String entity, String field, String value) {
    List<Map<String, @Nullable Object>> rows = listBy(entity, field, value, 1, null).rows();
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /// Ids of the rows that are there and that a node of this version does not find when it looks for
  /// them by unique value or cache key, because these are as versions on the other side of 2.1 keep
  /// them.
  Set<String> unfindable(String entity);

  /// Writes a complete row (see [EntitySchema#complete]) and gives it back as it is stored.
  ///
  /// @throws StoreException of kind PRIMARY_KEY, UNIQUE or FOREIGN_KEY
  Map<String, @Nullable Object> insert(String entity, Map<String, @Nullable Object> row);

  /// Writes many complete rows in one transaction.
  void insertAll(String entity, List<Map<String, @Nullable Object>> rows);

  /// Changes the given fields of the row with that id and gives the whole row back, or null when
  /// there is none.
  @Nullable Map<String, @Nullable Object> update(
      String entity, String id, Map<String, @Nullable Object> changed);

  /// Whether there was such a row.
  boolean delete(String entity, String id);
}
