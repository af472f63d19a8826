package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Entities;
import io.changeover.sandbox.kong.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/upstreams/X/targets`: a history of rows in 2.1, one row per target in 2.2.
final class TargetEndpoints {

  private static final int ALL = 1000;

  private final Store store;
  private final Changes changes;
  private final boolean unique;
  private final UUID node;

  /// @param unique whether this version keeps each target once (2.2)
  TargetEndpoints(Store store, Changes changes, boolean unique, UUID node) {
    this.store = store;
    this.changes = changes;
    this.unique = unique;
    this.node = node;
  }

  AdminAnswer answer(AdminRequest request, Map<String, @Nullable Object> upstream)
      throws AdminRequest.Unreadable, Changes.Invalid {
    String id = Rows.text(upstream, "id");
    return switch (request.segment(2)) {
      case "health" -> health(request, id);
      case "targets" -> targets(request, id);
      default -> AdminAnswer.notFound();
    };
  }

  private AdminAnswer targets(AdminRequest request, String upstream)
      throws AdminRequest.Unreadable, Changes.Invalid {
    String name = request.segment(3);
    if (name.equals("all")) {
      return AdminAnswer.of(200, EntityEndpoints.body(rows(upstream), ""));
    }
    if (!name.isEmpty()) {
      return one(request, upstream, name);
    }
    return switch (request.method()) {
      case "GET" -> AdminAnswer.of(200, list(active(upstream)));
      case "POST" -> add(upstream, request.fields());
      default -> AdminAnswer.methodNotAllowed();
    };
  }

  private AdminAnswer add(String upstream, Map<String, @Nullable Object> fields)
      throws Changes.Invalid {
    fields.put("upstream", Map.of("id", upstream));
    Map<String, @Nullable Object> existing =
        unique ? find(upstream, Rows.text(fields, "target")) : null;
    return existing == null
        ? AdminAnswer.of(201, changes.insert("targets", fields))
        : AdminAnswer.of(200, changes.update("targets", existing, fields))
            .with("Deprecation", "true");
  }

  private AdminAnswer one(AdminRequest request, String upstream, String name)
      throws AdminRequest.Unreadable, Changes.Invalid {
    Map<String, @Nullable Object> target = find(upstream, name);
    if (target == null) {
      return AdminAnswer.notFound();
    }
    return switch (request.method()) {
      case "GET" -> AdminAnswer.of(200, target);
      case "DELETE" -> {
        remove(upstream, target);
        yield AdminAnswer.of(204, null);
      }
      case "PATCH", "PUT" ->
          unique
              ? AdminAnswer.of(200, changes.update("targets", target, request.fields()))
              : AdminAnswer.methodNotAllowed();
      default -> AdminAnswer.methodNotAllowed();
    };
  }

  private void remove(String upstream, Map<String, @Nullable Object> target)
      throws Changes.Invalid {
    if (unique) {
      changes.delete("targets", target);
      return;
    }
    Map<String, @Nullable Object> gone = new LinkedHashMap<>();
    gone.put("target", target.get("target"));
    gone.put("weight", 0);
    gone.put("upstream", Map.of("id", upstream));
    changes.insert("targets", gone);
  }

  private AdminAnswer health(AdminRequest request, String upstream) {
    if (!request.method().equals("GET")) {
      return AdminAnswer.methodNotAllowed();
    }
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    for (Map<String, @Nullable Object> target : active(upstream)) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>(target);
      row.put("health", "HEALTHCHECKS_OFF");
      row.put("data", address(target));
      data.add(row);
    }
    Map<String, @Nullable Object> body = list(data);
    body.put("node_id", node.toString());
    return AdminAnswer.of(200, body);
  }

  private static Map<String, Object> address(Map<String, @Nullable Object> target) {
    String text = Rows.text(target, "target");
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? 8000 : Integer.parseInt(text.substring(colon + 1));
    int weight = Rows.number(target, "weight", 100);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("host", host);
    data.put("port", port);
    data.put("dns", "A");
    data.put("nodeWeight", weight);
    data.put("weight", Map.of("total", weight, "available", weight, "unavailable", 0));
    data.put(
        "addresses",
        List.of(Map.of("ip", host, "port", port, "health", "HEALTHCHECKS_OFF", "weight", weight)));
    return data;
  }

  private @Nullable Map<String, @Nullable Object> find(String upstream, String name) {
    for (Map<String, @Nullable Object> target : active(upstream)) {
      if (name.equals(target.get("id")) || name.equals(target.get("target"))) {
        return target;
      }
    }
    return null;
  }

  private List<Map<String, @Nullable Object>> active(String upstream) {
    return ConfigurationReader.active(rows(upstream).rows());
  }

  private Entities.Page rows(String upstream) {
    return store.entities().listBy("targets", "upstream", upstream, ALL, null);
  }

  private static Map<String, @Nullable Object> list(List<Map<String, @Nullable Object>> rows) {
    return EntityEndpoints.body(new Entities.Page(rows, null), "");
  }
}
