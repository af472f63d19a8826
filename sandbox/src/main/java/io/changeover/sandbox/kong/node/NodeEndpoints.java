package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of the Admin API that are about the node, and the stand-in's own switch
/// `/__stand-in/faults`.
final class NodeEndpoints {

  private static final List<String> TAGGED =
      List.of(
          "services",
          "routes",
          "consumers",
          "plugins",
          "upstreams",
          "targets",
          "certificates",
          "snis",
          "ca_certificates",
          "keyauth_credentials",
          "basicauth_credentials",
          "hmacauth_credentials",
          "jwt_secrets",
          "acls");

  private final Supplier<KongSettings> settings;
  private final Store store;
  private final UUID node;
  private final Traffic traffic;
  private final NodeFaults faults;
  private final String version;

  NodeEndpoints(
      Supplier<KongSettings> settings,
      Store store,
      UUID node,
      Traffic traffic,
      NodeFaults faults,
      String version) {
    this.settings = settings;
    this.store = store;
    this.node = node;
    this.traffic = traffic;
    this.faults = faults;
    this.version = version;
  }

  AdminAnswer root() {
    Set<String> inUse = new LinkedHashSet<>();
    store.entities().all("plugins").forEach(row -> inUse.add(Rows.text(row, "name")));
    return AdminAnswer.of(
        200, NodeFacts.root(settings.get(), version, node, NodeFacts.hostname(), inUse));
  }

  AdminAnswer status() {
    boolean reachable = !faults.databaseUnreachable() && store.reachable();
    return AdminAnswer.of(200, NodeFacts.status(reachable, settings.get(), traffic));
  }

  AdminAnswer enabledPlugins() {
    return AdminAnswer.of(200, Map.of("enabled_plugins", settings.get().plugins()));
  }

  /// `/tags` and `/tags/NAME`: one row per entity and tag.
  AdminAnswer tags(String only) {
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    for (String entity : TAGGED) {
      for (Map<String, @Nullable Object> row : store.entities().all(entity)) {
        for (String tag : Rows.strings(row, "tags")) {
          if (only.isEmpty() || only.equals(tag)) {
            Map<String, @Nullable Object> tagged = new LinkedHashMap<>();
            tagged.put("entity_id", Rows.text(row, "id"));
            tagged.put("entity_name", entity);
            tagged.put("tag", tag);
            data.add(tagged);
          }
        }
      }
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("next", null);
    body.put("data", data);
    return AdminAnswer.of(200, body);
  }

  /// The body is a text as in CHANGEOVER_FAULTS and replaces all faults; empty ends them.
  AdminAnswer faults(AdminRequest request) {
    if (request.method().equals("POST")) {
      try {
        faults.set(request.request().text().strip());
      } catch (IllegalArgumentException e) {
        return AdminAnswer.message(400, String.valueOf(e.getMessage()));
      }
    }
    return AdminAnswer.of(200, Map.of("faults", faults.words()));
  }
}
