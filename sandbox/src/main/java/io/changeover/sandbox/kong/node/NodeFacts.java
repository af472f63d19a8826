package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.Listen;
import io.changeover.sandbox.kong.NodeRole;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a node tells about itself in `/` and `/status`.
final class NodeFacts {

  private static final Set<String> LISTS =
      Set.of(
          "plugins",
          "proxy_listen",
          "admin_listen",
          "status_listen",
          "stream_listen",
          "cluster_listen",
          "headers",
          "dns_order",
          "cassandra_contact_points",
          "cassandra_data_centers",
          "db_cache_warmup_entities",
          "trusted_ips",
          "dns_resolver",
          "lua_ssl_trusted_certificate",
          "untrusted_lua_sandbox_requires",
          "untrusted_lua_sandbox_environment");
  private static final Set<String> FLAGS =
      Set.of(
          "pg_ssl",
          "pg_ssl_verify",
          "pg_ro_ssl",
          "pg_ro_ssl_verify",
          "cassandra_ssl",
          "cassandra_ssl_verify",
          "dns_no_sync",
          "anonymous_reports",
          "client_ssl",
          "nginx_optimizations",
          "kic");
  private static final List<String> DICTIONARIES =
      List.of(
          "kong",
          "kong_locks",
          "kong_process_events",
          "kong_cluster_events",
          "kong_healthchecks",
          "kong_rate_limiting_counters",
          "kong_core_db_cache",
          "kong_core_db_cache_miss",
          "kong_db_cache",
          "kong_db_cache_miss",
          "prometheus_metrics");

  private NodeFacts() {}

  static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /// The body of `/`.
  static Map<String, Object> root(
      KongSettings settings, String version, UUID node, String hostname, Set<String> inUse) {
    Map<String, Object> root = new LinkedHashMap<>();
    Map<String, Boolean> available = flags(settings.plugins());
    root.put("plugins", Map.of("enabled_in_cluster", inUse, "available_on_server", available));
    root.put("tagline", "Welcome to kong");
    root.put("configuration", configuration(settings, available));
    root.put("version", version);
    root.put("node_id", node.toString());
    root.put("lua_version", "LuaJIT 2.1.0-beta3");
    root.put("prng_seeds", Map.of("pid: " + ProcessHandle.current().pid(), 0));
    root.put("timers", Map.of("pending", 2, "running", 0));
    root.put("hostname", hostname);
    root.put("stand_in", "a stand-in for Kong " + version + " made by Changeover; not Kong");
    return root;
  }

  private static Map<String, Boolean> flags(List<String> names) {
    return names.stream()
        .collect(Collectors.toMap(name -> name, name -> true, (a, b) -> a, LinkedHashMap::new));
  }

  private static Map<String, Object> configuration(
      KongSettings settings, Map<String, Boolean> loaded) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    settings
        .all()
        .forEach(
            (name, value) -> {
              if (LISTS.contains(name)) {
                configuration.put(name, list(value));
              } else if (!value.isEmpty()) {
                configuration.put(name, typed(name, value));
              }
            });
    String prefix = settings.prefix().toString();
    configuration.put("prefix", prefix);
    configuration.put("loaded_plugins", loaded);
    configuration.put("nginx_pid", settings.pidFile().toString());
    configuration.put("kong_env", settings.kongEnv().toString());
    configuration.put("nginx_err_logs", prefix + "/logs/error.log");
    configuration.put("nginx_acc_logs", prefix + "/logs/access.log");
    configuration.put("admin_acc_logs", prefix + "/logs/admin_access.log");
    for (String kind : List.of("proxy", "admin", "status")) {
      configuration.put(kind + "_listeners", listeners(settings.listens(kind + "_listen")));
    }
    return configuration;
  }

  private static List<String> list(String value) {
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Object typed(String name, String value) {
    if (name.contains("password") || name.contains("secret")) {
      return "******";
    }
    if (FLAGS.contains(name)) {
      return Set.of("on", "true").contains(value.toLowerCase(Locale.ROOT));
    }
    boolean text = name.startsWith("nginx_") || name.startsWith("client_");
    return !text && value.matches("\\d{1,17}") ? (Object) Long.parseLong(value) : value;
  }

  private static List<Map<String, Object>> listeners(List<Listen> listens) {
    return listens.stream()
        .map(
            listen ->
                Map.<String, Object>of(
                    "listener", listen.host() + ":" + listen.port(),
                    "ip", listen.host(),
                    "port", listen.port(),
                    "ssl", listen.ssl()))
        .toList();
  }

  /// The body of `/status`.
  static Map<String, Object> status(
      boolean databaseReachable, KongSettings settings, Traffic traffic) {
    Runtime runtime = Runtime.getRuntime();
    String used = mebibytes(runtime.totalMemory() - runtime.freeMemory());
    Map<String, Object> dictionaries = new LinkedHashMap<>();
    for (String name : dictionaries(settings)) {
      dictionaries.put(name, Map.of("allocated_slabs", "0.04 MiB", "capacity", "5.00 MiB"));
    }
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put(
        "workers_lua_vms",
        List.of(Map.of("http_allocated_gc", used, "pid", ProcessHandle.current().pid())));
    memory.put("lua_shared_dicts", dictionaries);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("database", Map.of("reachable", databaseReachable));
    status.put("memory", memory);
    status.put("server", traffic.counters());
    return status;
  }

  /// A control plane of 2.1 keeps the data planes that it knows of in memory.
  private static List<String> dictionaries(KongSettings settings) {
    List<String> names = new ArrayList<>(DICTIONARIES);
    if (settings.role() == NodeRole.CONTROL_PLANE && !settings.profile().routeBuffering()) {
      names.add("kong_clustering");
    }
    return names;
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MiB", bytes / 1048576.0);
  }
}
