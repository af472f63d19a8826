package io.changeover.sandbox.kong;

import io.changeover.sandbox.kong.ClusterEvents.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which events one changed row causes, as observed in `cluster_events` of real nodes.
public final class Invalidations {
  private static final String CHANNEL = "invalidations";

  private Invalidations() {}

  /// The events, to be published with [ClusterEvents#publish].
  ///
  /// @param operation `create`, `update` or `delete`
  public static List<Event> of(
      EntitySchema entity, Map<String, @Nullable Object> row, String workspace, String operation) {
    List<Event> events = new ArrayList<>();
    if (entity.name().equals("acls")) {
      events.add(event("acls:" + id(row.get("consumer")) + ":::::" + workspace));
    }
    events.add(event(entity.cacheKeyOf(row, workspace)));
    switch (entity.name()) {
      case "routes" -> events.add(event("router:version"));
      case "plugins" -> events.add(event("plugins_iterator:version"));
      case "snis" ->
          sniNames(String.valueOf(row.get("name"))).forEach(n -> events.add(event("snis:" + n)));
      case "upstreams" ->
          events.add(
              new Event(
                  "balancer:upstreams",
                  operation + ":" + row.get("id") + ":" + row.get("name"),
                  Instant.EPOCH));
      case "targets" ->
          events.add(
              new Event(
                  "balancer:targets", operation + ":" + id(row.get("upstream")), Instant.EPOCH));
      default -> {}
    }
    return List.copyOf(events);
  }

  private static Event event(String data) {
    return new Event(CHANNEL, data, Instant.EPOCH);
  }

  private static List<String> sniNames(String name) {
    int first = name.indexOf('.');
    int last = name.lastIndexOf('.');
    return first < 0
        ? List.of(name)
        : List.of(name, "*" + name.substring(first), name.substring(0, last) + ".*");
  }

  private static String id(@Nullable Object reference) {
    return reference instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "";
  }
}
