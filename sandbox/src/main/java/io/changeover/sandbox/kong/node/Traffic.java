package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.HttpListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// All listeners of the node and what went over them.
final class Traffic {

  private final List<HttpListener> listeners = new CopyOnWriteArrayList<>();

  void add(HttpListener listener) {
    listeners.add(listener);
  }

  List<HttpListener> listeners() {
    return List.copyOf(listeners);
  }

  /// The `server` part of `/status`.
  Map<String, Object> counters() {
    long accepted = listeners.stream().mapToLong(HttpListener::accepted).sum();
    int active = listeners.stream().mapToInt(HttpListener::active).sum();
    int busy = listeners.stream().mapToInt(HttpListener::busy).sum();
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("connections_accepted", accepted);
    server.put("connections_handled", accepted);
    server.put("connections_active", active);
    server.put("connections_reading", 0);
    server.put("connections_writing", busy);
    server.put("connections_waiting", active - busy);
    server.put("total_requests", listeners.stream().mapToLong(HttpListener::requests).sum());
    return server;
  }
}
