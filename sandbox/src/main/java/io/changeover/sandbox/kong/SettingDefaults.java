package io.changeover.sandbox.kong;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Settings before any file or environment: the ones that the suite, the stand-in's nodes and their
/// Admin API look at.
final class SettingDefaults {
  private static final String COMMON =
      """
      prefix = /usr/local/kong/
      log_level = notice
      database = postgres
      role = traditional
      plugins = bundled
      anonymous_reports = on
      headers = server_tokens, latency_tokens
      proxy_listen = 0.0.0.0:8000 reuseport backlog=16384, 0.0.0.0:8443 http2 ssl reuseport backlog=16384
      admin_listen = 127.0.0.1:8001 reuseport backlog=16384, 127.0.0.1:8444 http2 ssl reuseport backlog=16384
      status_listen = off
      stream_listen = off
      cluster_listen = 0.0.0.0:8005
      cluster_control_plane = 127.0.0.1:8005
      cluster_mtls = shared
      cluster_cert =
      cluster_cert_key =
      proxy_access_log = logs/access.log
      proxy_error_log = logs/error.log
      admin_access_log = logs/admin_access.log
      admin_error_log = logs/error.log
      status_access_log = off
      status_error_log = logs/status_error.log
      nginx_worker_processes = auto
      nginx_daemon = on
      mem_cache_size = 128m
      client_max_body_size = 0
      client_body_buffer_size = 8k
      trusted_ips =
      real_ip_header = X-Real-IP
      real_ip_recursive = off
      error_default_type = text/plain
      upstream_keepalive_pool_size = 60
      upstream_keepalive_max_requests = 100
      upstream_keepalive_idle_timeout = 60
      pg_host = 127.0.0.1
      pg_port = 5432
      pg_timeout = 5000
      pg_user = kong
      pg_password =
      pg_database = kong
      pg_schema =
      pg_ssl = off
      pg_ssl_verify = off
      pg_max_concurrent_queries = 0
      pg_semaphore_timeout = 60000
      cassandra_contact_points = 127.0.0.1
      cassandra_port = 9042
      cassandra_keyspace = kong
      cassandra_timeout = 5000
      cassandra_username = kong
      cassandra_password =
      cassandra_ssl = off
      cassandra_ssl_verify = off
      cassandra_read_consistency = ONE
      cassandra_write_consistency = ONE
      cassandra_lb_policy = RequestRoundRobin
      cassandra_local_datacenter =
      cassandra_repl_strategy = SimpleStrategy
      cassandra_repl_factor = 1
      cassandra_data_centers = dc1:2,dc2:3
      cassandra_schema_consensus_timeout = 10000
      cassandra_refresh_frequency = 60
      declarative_config =
      db_update_frequency = 5
      db_update_propagation = 0
      db_cache_ttl = 0
      db_resurrect_ttl = 30
      db_cache_warmup_entities = services, plugins
      dns_resolver =
      dns_hostsfile = /etc/hosts
      dns_order = LAST, SRV, A, CNAME
      dns_stale_ttl = 4
      dns_not_found_ttl = 30
      dns_error_ttl = 1
      dns_no_sync = off
      worker_consistency = strict
      worker_state_update_frequency = 5
      router_consistency = strict
      router_update_frequency = 1
      lua_package_path = ./?.lua;./?/init.lua;
      lua_socket_pool_size = 30
      lua_ssl_verify_depth = 1
      """;

  private SettingDefaults() {}

  /// Without what came later: hybrid mode and the Status API.
  static Map<String, String> kong13() {
    Map<String, String> defaults = new TreeMap<>(kong15());
    defaults.keySet().removeIf(name -> name.startsWith("status_"));
    return Collections.unmodifiableMap(defaults);
  }

  static Map<String, String> kong15() {
    Map<String, String> defaults = new TreeMap<>(kong21());
    defaults.keySet().removeIf(name -> name.startsWith("cluster_") || name.equals("role"));
    return Collections.unmodifiableMap(defaults);
  }

  static Map<String, String> kong21() {
    Map<String, String> defaults = new TreeMap<>(ConfFile.parse(COMMON));
    defaults.put("nginx_upstream_keepalive", "60");
    defaults.put("nginx_upstream_keepalive_requests", "100");
    defaults.put("nginx_upstream_keepalive_timeout", "60s");
    return Collections.unmodifiableMap(defaults);
  }

  static Map<String, String> kong22() {
    Map<String, String> defaults = new TreeMap<>(ConfFile.parse(COMMON));
    defaults.put("cluster_data_plane_purge_delay", "1209600");
    defaults.put("lua_ssl_trusted_certificate", "");
    defaults.put("untrusted_lua", "sandbox");
    defaults.put("untrusted_lua_sandbox_requires", "");
    defaults.put("untrusted_lua_sandbox_environment", "");
    return Collections.unmodifiableMap(defaults);
  }
}
