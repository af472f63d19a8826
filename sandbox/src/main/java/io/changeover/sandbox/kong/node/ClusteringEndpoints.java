package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.DataPlaneRows.DataPlaneRow;
import io.changeover.sandbox.kong.hybrid.ControlPlane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/clustering/status` of 2.1, which 2.2 calls deprecated, and `/clustering/data-planes` of 2.2.
/// That a node of 2.2 which is no control plane answers to both alike is assumed. Single rows are
/// left out.
final class ClusteringEndpoints {

  private final @Nullable ControlPlane plane;
  private final boolean listsRows;

  /// @param plane null where the node is no control plane
  /// @param listsRows whether this version has `/clustering/data-planes`
  ClusteringEndpoints(@Nullable ControlPlane plane, boolean listsRows) {
    this.plane = plane;
    this.listsRows = listsRows;
  }

  AdminAnswer status() {
    if (plane == null) {
      return noControlPlane();
    }
    Map<String, Object> byId = new LinkedHashMap<>();
    plane.dataPlanes().forEach(row -> byId.put(row.id(), listsRows ? row(row) : entry(row)));
    AdminAnswer answer = AdminAnswer.of(200, byId);
    return listsRows ? answer.with("Deprecation", "true") : answer;
  }

  AdminAnswer dataPlanes() {
    if (!listsRows) {
      return AdminAnswer.notFound();
    }
    if (plane == null) {
      return noControlPlane();
    }
    List<Map<String, Object>> data = new ArrayList<>();
    plane.dataPlanes().forEach(row -> data.add(row(row)));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("next", null);
    body.put("data", data);
    return AdminAnswer.of(200, body);
  }

  private static AdminAnswer noControlPlane() {
    return AdminAnswer.message(
        400,
        "this endpoint is only available when Kong is configured to run as Control Plane for the cluster");
  }

  private static Map<String, Object> entry(DataPlaneRow row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("config_hash", row.configHash());
    entry.put("last_seen", row.lastSeen());
    entry.put("ip", row.ip());
    entry.put("hostname", row.hostname());
    return entry;
  }

  private static Map<String, Object> row(DataPlaneRow row) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", row.id());
    all.putAll(entry(row));
    all.put("ttl", row.ttl());
    return all;
  }
}
