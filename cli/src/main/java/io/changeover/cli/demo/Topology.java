package io.changeover.cli.demo;

import io.changeover.sandbox.embedded.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where everything of the demo is: one cluster, two nodes of each version, a router in front.
record Topology(
    Path folder,
    KongStore store,
    int proxyPort,
    int adminPort,
    int runtimePort,
    int syslogPort,
    List<NodePlace> blue,
    List<NodePlace> green) {
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

  static Topology choose(Path folder, KongStore store) {
    return new Topology(
        folder,
        store,
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        FreePorts.next(),
        List.of(NodePlace.choose(folder, "blue-1", FROM), NodePlace.choose(folder, "blue-2", FROM)),
        List.of(NodePlace.choose(folder, "green-1", TO), NodePlace.choose(folder, "green-2", TO)));
  }

  Stream<NodePlace> nodes() {
    return Stream.concat(blue.stream(), green.stream());
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
    blue.forEach(node -> arguments.addAll(List.of("--blue", server(node))));
    green.forEach(node -> arguments.addAll(List.of("--green", server(node))));
    return arguments;
  }

  private static String server(NodePlace node) {
    return "%s=127.0.0.1:%d=127.0.0.1:%d".formatted(node.name(), node.proxy(), node.admin());
  }
}
