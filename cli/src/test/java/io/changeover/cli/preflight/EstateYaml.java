package io.changeover.cli.preflight;

/// Entries of an inventory for tests.
final class EstateYaml {
  private EstateYaml() {}

  /// A cluster on PostgreSQL, whose everything is at one address.
  static String cluster(String name, String serving, String newer, String host, int port) {
    return cluster(name, serving, newer, host, port, "/none/kong", "/none/kong", "");
  }

  /// From 1.5 over 2.1 to 2.2.
  static String threeVersions(String name, String host, int port) {
    String third =
        cluster(name, "1.5.0", "2.2.2", host, port)
            .replaceFirst("(?s).*?(      \"2\\.2\\.2\":.*?)    router:.*", "$1")
            .replace("name: g", "name: h")
            .replace("none-g", "none-h");
    return cluster(name, "1.5.0", "2.1.4", host, port)
        .replace("    router:", third + "    router:");
  }

  static String cluster(
      String name,
      String serving,
      String newer,
      String host,
      int port,
      String blue,
      String green,
      String environment) {
    return """
      - name: %1$s
        serving: "%2$s"
        datastore:
          postgres: {host: %4$s, port: %5$d, database: kong, user: kong_owner}
        kong:
          "%2$s":
            command: [%6$s]
            environment: {%8$s}
            nodes: [{name: b, admin: "http://%4$s:%5$d", proxy: "http://%4$s:%5$d", prefix: /tmp/none-b}]
          "%3$s":
            command: [%7$s]
            environment: {%8$s}
            nodes: [{name: g, admin: "http://%4$s:%5$d", proxy: "http://%4$s:%5$d", prefix: /tmp/none-g}]
        router: {haproxy: {runtime: "tcp://%4$s:%5$d", backend: kong}}
        upgrade: {backup: off}
    """
        .formatted(name, serving, newer, host, port, blue, green, environment)
        .indent(0);
  }
}
