package io.changeover.cli.demo;

import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where everything of the demo is: one cluster, the nodes of each version, a router in front.
///
/// @param fleets by version, in the order in which they serve: the first one is blue, the last one
///   is what the run is to end with; a single one is installed
record Topology(
    Path folder,
    KongStore store,
    int proxyPort,
    int adminPort,
    int runtimePort,
    int syslogPort,
    List<Fleet> fleets) {
  static final String CLUSTER = "demo";
  static final String FROM = "2.1.4";
  static final String TO = "2.2.2";
  static final String DATABASE = "kong";

  /// Green's role, which owns the database; migrations run as it.
  static final String ROLE = "kong";

  /// The role that only blue logs in with.
  static final String BLUE_ROLE = "kong_blue";

  /// Of both roles; worth nothing outside the demo.
  static final String PASSWORD = "worthless-secret-7";

  /// A cluster on one PostgreSQL database.
  static Topology choose(Path folder, int postgres) {
    return choose(folder, new OnPostgres(postgres, folder.resolve("backups")));
  }

  /// From [#FROM] to [#TO].
  static Topology choose(Path folder, KongStore store) {
    return choose(
        folder,
        store,
        List.of(
            Fleet.choose(folder, "blue", FROM, KongStore.User.BLUE),
            Fleet.choose(folder, "green", TO, KongStore.User.GREEN)));
  }

  static Topology choose(Path folder, KongStore store, List<Fleet> fleets) {
    return new Topology(
        folder,
        store,
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        fleets);
  }

  /// The version that serves first.
  String from() {
    return fleets.getFirst().version();
  }

  /// The version that the run is to end with.
  String to() {
    return fleets.getLast().version();
  }

  /// What must be gone at the end.
  List<NodePlace> blue() {
    return fleets.subList(0, fleets.size() - 1).stream()
        .flatMap(fleet -> fleet.nodes().stream())
        .toList();
  }

  /// What must serve at the end.
  List<NodePlace> green() {
    return fleets.getLast().nodes();
  }

  /// What the router sends everything to at first.
  List<NodePlace> first() {
    return fleets.getFirst().nodes();
  }

  /// What the router knows and sends nothing yet.
  List<NodePlace> later() {
    return nodes().skip(first().size()).toList();
  }

  Stream<NodePlace> nodes() {
    return fleets.stream().flatMap(fleet -> fleet.nodes().stream());
  }

  /// What the built-in router is started with.
  List<String> routerArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--proxy", "127.0.0.1:" + proxyPort,
                "--admin", "127.0.0.1:" + adminPort,
                "--runtime", "127.0.0.1:" + runtimePort,
                "--syslog", "127.0.0.1:" + syslogPort));
    first().forEach(node -> arguments.addAll(List.of("--blue", server(node))));
    later().forEach(node -> arguments.addAll(List.of("--green", server(node))));
    return arguments;
  }

  private static String server(NodePlace node) {
    return "%s=%s=%s"
        .formatted(
            node.name(),
            node.proxies() ? "127.0.0.1:" + node.proxy() : "",
            node.administers() ? "127.0.0.1:" + node.admin() : "");
  }
}
