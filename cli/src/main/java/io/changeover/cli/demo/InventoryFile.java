package io.changeover.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The demo's inventory: what an operator would write for this cluster, with short steps.
final class InventoryFile {
  private InventoryFile() {}

  /// @param command the stand-in's command line of each version
  static String text(Topology place, Map<String, Path> command, Demo.Setting setting) {
    KongStore.Inventory store = place.store().inventory();
    return """
    # Written by `changeover demo`. The nodes are a stand-in for Kong; everything else is what you would write.
    clusters:
      - name: %s
        procedure: %s
        serving: "%s"
        datastore:
          %s
        kong:
    %s%s    probe: {path: /health, host: proxy.example.com, expect: 200}
        router:
          haproxy: {runtime: "tcp://127.0.0.1:%d", backend: kong_proxy, adminBackend: kong_admin, adminFront: "http://127.0.0.1:%d", syslog: "127.0.0.1:%d"}
        %s
    %s"""
        .formatted(
            Topology.CLUSTER,
            store.procedure(),
            Topology.FROM,
            store.datastore(),
            version(place, Topology.FROM, KongStore.User.BLUE, command, "", place.blue()),
            version(
                place,
                Topology.TO,
                KongStore.User.GREEN,
                command,
                setting.injection().greenFaults(),
                place.green()),
            place.runtimePort(),
            place.adminPort(),
            place.syslogPort(),
            store.fence(),
            shortSteps(store, setting));
  }

  /// The new version alone, as it stands under `kong`.
  static String green(Topology place, Path command) {
    return version(
        place, Topology.TO, KongStore.User.GREEN, Map.of(Topology.TO, command), "", place.green());
  }

  private static String shortSteps(KongStore.Inventory store, Demo.Setting setting) {
    return """
        upgrade:
    %s      steps:
            - {setWeight: 5, pause: 1s}
            - {setWeight: 25, pause: 1s}
            - {setWeight: 50, pause: 1s}
            - {setWeight: 100, pause: 1s}
          analysis:
            interval: 1s
            count: 2
            minimumRequests: 3
            metrics:
              - {name: success-rate, successCondition: "result >= 0.99", failureLimit: 0, consecutiveErrorLimit: 4, inconclusiveLimit: 4}
          soak: 2s
          retry: {maxAttempts: 5, backoff: 1s}
          heartbeat: {interval: 500ms, timeout: %ds}
          drain: 10s
    """
        .formatted(store.upgrade(), setting.heartbeatTimeout().toSeconds());
  }

  private static String version(
      Topology place,
      String version,
      KongStore.User user,
      Map<String, Path> command,
      String faults,
      List<NodePlace> nodes) {
    Map<String, String> environment = new TreeMap<>(place.store().inventoryEnvironment(user));
    if (!faults.isEmpty()) {
      environment.put("CHANGEOVER_FAULTS", faults);
    }
    return """
          "%s":
            command: ["%s"]
            environment: %s
            nodes:
    %s"""
        .formatted(
            version,
            command.get(version),
            flow(environment),
            nodes.stream().map(InventoryFile::node).collect(Collectors.joining()));
  }

  private static String node(NodePlace node) {
    return """
              - name: %s
                admin: http://127.0.0.1:%d
                proxy: http://127.0.0.1:%d
                status: http://127.0.0.1:%d
                prefix: "%s"
                environment: %s
    """
        .formatted(
            node.name(),
            node.admin(),
            node.proxy(),
            node.status(),
            node.prefix(),
            flow(new TreeMap<>(node.environment())));
  }

  private static String flow(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
