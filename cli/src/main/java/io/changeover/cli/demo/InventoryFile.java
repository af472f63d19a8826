package io.changeover.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The demo's inventory: what an operator would write for this cluster, with short steps.
final class InventoryFile {
  private InventoryFile() {}

  /// @param store what stands there about the datastore and the upgrade
  /// @param command the stand-in's command line of a version
  /// @param faults the fault switches of the last version's nodes, empty for none
  /// @param heartbeat how long a worker may be silent
  static String text(
      Topology place,
      KongStore.Inventory store,
      Function<String, Path> command,
      String faults,
      Duration heartbeat) {
    return """
    # Written by `changeover demo`. The nodes are a stand-in for Kong; everything else is what you would write.
    clusters:
      - name: %s
    %s    kong:
    %s    probe: {path: /health, host: proxy.example.com, expect: 200}
        router:
          haproxy: {runtime: "tcp://127.0.0.1:%d", backend: kong_proxy, %ssyslog: "127.0.0.1:%d"}
    %s"""
        .formatted(
            Topology.CLUSTER,
            indented(4, Stream.concat(serving(place), store.cluster().stream())),
            versions(place, command, faults),
            place.runtimePort(),
            store.admin()
                ? "adminBackend: kong_admin, adminFront: \"http://127.0.0.1:%d\", "
                    .formatted(place.adminPort())
                : "",
            place.syslogPort(),
            shortSteps(store, heartbeat));
  }

  /// A single version is one that is still to be installed.
  private static Stream<String> serving(Topology place) {
    return place.fleets().size() == 1
        ? Stream.empty()
        : Stream.of("serving: \"%s\"".formatted(place.from()));
  }

  private static String versions(Topology place, Function<String, Path> command, String faults) {
    StringBuilder text = new StringBuilder();
    for (Fleet fleet : place.fleets()) {
      boolean last = fleet.version().equals(place.to());
      Map<String, String> environment =
          new TreeMap<>(place.store().inventoryEnvironment(fleet.user()));
      if (last && !faults.isEmpty()) {
        environment.put("CHANGEOVER_FAULTS", faults);
      }
      text.append(version(fleet, command.apply(fleet.version()), environment));
    }
    return text.toString();
  }

  private static String version(Fleet fleet, Path command, Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    lines.add("command: [\"%s\"]".formatted(command));
    lines.addAll(fleet.settings());
    lines.add("environment: " + flow(environment));
    return """
          "%s":
    %s        nodes:
    %s"""
        .formatted(
            fleet.version(),
            indented(8, lines.stream()),
            fleet.nodes().stream().map(InventoryFile::node).collect(Collectors.joining()));
  }

  private static String shortSteps(KongStore.Inventory store, Duration heartbeat) {
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
        .formatted(indented(6, store.upgrade().stream()), heartbeat.toSeconds());
  }

  private static String node(NodePlace node) {
    return """
              - name: %s
    %s            admin: http://127.0.0.1:%d
                proxy: http://127.0.0.1:%d
    %s            prefix: "%s"
                environment: %s
    """
        .formatted(
            node.name(),
            indented(12, role(node)),
            node.admin(),
            node.proxy(),
            node.hasStatus()
                ? "            status: http://127.0.0.1:%d\n".formatted(node.status())
                : "",
            node.prefix(),
            flow(new TreeMap<>(node.environment())));
  }

  private static Stream<String> role(NodePlace node) {
    Stream<String> role = node.role().stream().map(known -> "role: " + known.word());
    return node.administers()
        ? role
        : Stream.concat(
            role,
            Stream.of(
                "cacheFile: \"%s\"".formatted(node.prefix().resolve("config.cache.json.gz"))));
  }

  private static String indented(int depth, Stream<String> lines) {
    return lines.map(line -> " ".repeat(depth) + line + "\n").collect(Collectors.joining());
  }

  private static String flow(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
