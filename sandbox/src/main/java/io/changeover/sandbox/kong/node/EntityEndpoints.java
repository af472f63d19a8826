package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Entities;
import io.changeover.sandbox.kong.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collections of entities, on their own and inside of another entity.
final class EntityEndpoints {

  private static final int DEFAULT_SIZE = 100;
  private static final int MOST = 1000;

  /// Whose children are meant: the foreign key and the parent's id.
  record Parent(String field, String id) {}

  private final Store store;
  private final Changes changes;

  EntityEndpoints(Store store, Changes changes) {
    this.store = store;
    this.changes = changes;
  }

  AdminAnswer collection(AdminRequest request, Collection collection, @Nullable Parent parent)
      throws AdminRequest.Unreadable, Changes.Invalid {
    return switch (request.method()) {
      case "GET" -> list(request, collection, parent);
      case "POST" ->
          AdminAnswer.of(201, changes.insert(collection.entity(), given(request, parent)));
      case "OPTIONS" -> AdminAnswer.of(204, null).with("Allow", "GET, HEAD, OPTIONS, POST");
      default -> AdminAnswer.methodNotAllowed();
    };
  }

  AdminAnswer one(AdminRequest request, Collection collection, String name, @Nullable Parent parent)
      throws AdminRequest.Unreadable, Changes.Invalid {
    Map<String, @Nullable Object> row = find(collection, name);
    if (row != null && parent != null && !parent.id().equals(Rows.foreign(row, parent.field()))) {
      row = null;
    }
    if (request.method().equals("PUT")) {
      return put(request, collection, name, row, parent);
    }
    if (row == null) {
      return request.method().equals("DELETE") ? AdminAnswer.of(204, null) : AdminAnswer.notFound();
    }
    return switch (request.method()) {
      case "GET" -> AdminAnswer.of(200, row);
      case "PATCH" ->
          AdminAnswer.of(200, changes.update(collection.entity(), row, given(request, parent)));
      case "DELETE" -> {
        changes.delete(collection.entity(), row);
        yield AdminAnswer.of(204, null);
      }
      default -> AdminAnswer.methodNotAllowed();
    };
  }

  /// By id, or by the name that the collection knows.
  @Nullable Map<String, @Nullable Object> find(Collection collection, String name) {
    Entities entities = store.entities();
    if (isUuid(name)) {
      Map<String, @Nullable Object> byId = entities.find(collection.entity(), name);
      if (byId != null) {
        return byId;
      }
    }
    String field = collection.nameField();
    return field == null ? null : entities.findBy(collection.entity(), field, name);
  }

  private AdminAnswer put(
      AdminRequest request,
      Collection collection,
      String name,
      @Nullable Map<String, @Nullable Object> row,
      @Nullable Parent parent)
      throws AdminRequest.Unreadable, Changes.Invalid {
    Map<String, @Nullable Object> given = given(request, parent);
    String field = collection.nameField();
    if (isUuid(name)) {
      given.put("id", name);
    } else if (field != null) {
      given.put(field, name);
    } else {
      return AdminAnswer.notFound();
    }
    Map<String, @Nullable Object> stored =
        row == null
            ? changes.insert(collection.entity(), given)
            : changes.overwrite(collection.entity(), row, given);
    return AdminAnswer.of(200, stored);
  }

  private AdminAnswer list(AdminRequest request, Collection collection, @Nullable Parent parent) {
    int size = size(request);
    if (size < 1 || size > MOST) {
      return AdminAnswer.error(
          400, 9, "invalid size", "size must be an integer between 1 and 1000", Map.of());
    }
    try {
      Entities.Page page = page(request, collection, parent, size);
      return AdminAnswer.of(200, body(page, request.request().path()));
    } catch (IllegalArgumentException e) {
      return AdminAnswer.error(400, 7, "invalid offset", "invalid offset", Map.of());
    }
  }

  private Entities.Page page(
      AdminRequest request, Collection collection, @Nullable Parent parent, int size) {
    Entities entities = store.entities();
    String offset = request.query().get("offset");
    if (parent != null) {
      return entities.listBy(collection.entity(), parent.field(), parent.id(), size, offset);
    }
    String tag = request.query().get("tags");
    return tag == null
        ? entities.list(collection.entity(), size, offset)
        : entities.listBy(collection.entity(), "tags", tag, size, offset);
  }

  static Map<String, @Nullable Object> body(Entities.Page page, String path) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("next", page.offset() == null ? null : path + "?offset=" + page.offset());
    body.put("data", page.rows());
    return body;
  }

  private static int size(AdminRequest request) {
    String size = request.query().get("size");
    if (size == null) {
      return DEFAULT_SIZE;
    }
    return size.matches("\\d{1,6}") ? Integer.parseInt(size) : -1;
  }

  private static Map<String, @Nullable Object> given(AdminRequest request, @Nullable Parent parent)
      throws AdminRequest.Unreadable {
    Map<String, @Nullable Object> fields = request.fields();
    if (fields.remove("url") instanceof String url) {
      ServiceUrl.spread(url, fields);
    }
    if (parent != null) {
      fields.put(parent.field(), Map.of("id", parent.id()));
    }
    return fields;
  }

  static boolean isUuid(String text) {
    return text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }
}
