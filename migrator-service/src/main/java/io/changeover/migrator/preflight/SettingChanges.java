package io.changeover.migrator.preflight;

import static io.changeover.migrator.preflight.SettingChange.Concerns.CASSANDRA;
import static io.changeover.migrator.preflight.SettingChange.Concerns.EVERYBODY;
import static io.changeover.migrator.preflight.SettingChange.Concerns.LUA;
import static io.changeover.migrator.preflight.SettingChange.Kind.DEFAULT;
import static io.changeover.migrator.preflight.SettingChange.Kind.EFFECT;
import static io.changeover.migrator.preflight.SettingChange.Kind.MEANING;
import static io.changeover.migrator.preflight.SettingChange.Kind.REMOVED;
import static io.changeover.migrator.preflight.SettingChange.Kind.RENAMED;

import io.changeover.migrator.observe.Release;
import java.util.List;
import java.util.stream.Stream;

/// The settings that Kong removed, renamed or gave another meaning from 0.36 (on open source 0.14)
/// to 2.2, by the open-source documents and what nodes of 2.1.4 and 2.2.2 show of themselves.
/// Settings of Enterprise's own are not among them: no list of their changes was at hand.
final class SettingChanges {

  private static final Release V1_0 = new Release(1, 0, 0);
  private static final Release V1_3 = new Release(1, 3, 0);
  private static final Release V1_4 = new Release(1, 4, 0);
  private static final Release V2_0 = new Release(2, 0, 0);
  private static final Release V2_1 = new Release(2, 1, 0);
  private static final Release V2_2 = new Release(2, 2, 0);

  private static final String UPGRADE_1_0 = "Kong's UPGRADE.md, 1.0";
  private static final String UPGRADE_1_3 = "Kong's UPGRADE.md, 1.3";
  private static final String CHANGELOG_1_4 = "Kong's CHANGELOG.md, 1.4.0";
  private static final String UPGRADE_2_0 = "Kong's UPGRADE.md, 2.0";
  private static final String CHANGELOG_2_0 = "Kong's CHANGELOG.md, 2.0.0";
  private static final String SETTINGS_2_1 = "the settings of 2.0 beside those of 2.1.4";
  private static final String NODES_2_2 = "`GET /` of nodes of 2.1.4 and 2.2.2 side by side";

  private static final String POOL = "upstream_keepalive_pool_size";
  private static final String REQUESTS = "upstream_keepalive_max_requests";
  private static final String IDLE = "upstream_keepalive_idle_timeout";

  private static final List<SettingChange> UP_TO_1_5 =
      List.of(
          change(
              REMOVED, "custom_plugins", V1_0, "", "is not read any more", UPGRADE_1_0, "plugins"),
          new SettingChange(
              DEFAULT,
              "cassandra_lb_policy",
              V1_0,
              CASSANDRA,
              "",
              "is RequestRoundRobin where nobody sets it, and was RoundRobin",
              List.of(),
              UPGRADE_1_0),
          change(
              RENAMED,
              "upstream_keepalive",
              V1_3,
              "60",
              "is an old name",
              UPGRADE_1_3,
              "nginx_http_upstream_keepalive"),
          change(
              DEFAULT,
              "nginx_http_upstream_keepalive_*",
              V1_3,
              "",
              "closes connections to upstreams after 100 requests or 60 s without one where nobody"
                  + " sets it; Kong did not close them before",
              UPGRADE_1_3),
          change(
              MEANING,
              "origins",
              V1_4,
              "",
              "belongs to service mesh, which is off unless `service_mesh` says on",
              CHANGELOG_1_4));

  private static final List<SettingChange> TO_2_1 =
      List.of(
          change(
              REMOVED,
              "service_mesh",
              V2_0,
              "false",
              "is not read any more, since there is no service mesh",
              CHANGELOG_2_0),
          change(
              REMOVED,
              "origins",
              V2_0,
              "",
              "is not read any more, since there is no service mesh",
              CHANGELOG_2_0),
          change(
              REMOVED,
              "transparent",
              V2_0,
              "",
              "is not read any more, since there is no service mesh",
              CHANGELOG_2_0),
          change(
              REMOVED,
              "nginx_optimizations",
              V2_0,
              "true",
              "does nothing any more; directives take its place (`nginx_http_…`, `nginx_proxy_…`)",
              CHANGELOG_2_0),
          change(
              RENAMED,
              "nginx_http_upstream_*",
              V2_0,
              "",
              "is an old prefix",
              CHANGELOG_2_0,
              "nginx_upstream_*"),
          change(
              RENAMED,
              "nginx_http_status_*",
              V2_0,
              "",
              "is an old prefix",
              CHANGELOG_2_0,
              "nginx_status_*"),
          change(
              EFFECT,
              "mem_cache_size",
              V2_0,
              "",
              "is the size of each of two caches, and was that of one: a node may take twice the"
                  + " memory for them",
              UPGRADE_2_0),
          change(
              RENAMED,
              "cassandra_consistency",
              V2_1,
              "",
              "is an old name",
              SETTINGS_2_1,
              "cassandra_read_consistency",
              "cassandra_write_consistency"),
          change(
              RENAMED,
              "router_consistency",
              V2_1,
              "strict",
              "is an old name",
              SETTINGS_2_1,
              "worker_consistency"),
          change(
              RENAMED,
              "router_update_frequency",
              V2_1,
              "1",
              "is an old name",
              SETTINGS_2_1,
              "worker_state_update_frequency"));

  private static final List<SettingChange> TO_2_2 =
      List.of(
          change(
              MEANING,
              "lua_ssl_trusted_certificate",
              V2_2,
              "",
              "is a list with commas in between, in which `system` stands for the system's own",
              NODES_2_2),
          new SettingChange(
              DEFAULT,
              "untrusted_lua",
              V2_2,
              LUA,
              "",
              "is new, and `sandbox` where nobody sets it: Lua in the configuration of plugins"
                  + " reaches less than before",
              List.of(),
              NODES_2_2));

  /// All of them, older ones first.
  static final List<SettingChange> ALL =
      Stream.of(
              UP_TO_1_5.stream(),
              TO_2_1.stream(),
              keepalive(V2_1, "is an old name", SETTINGS_2_1),
              TO_2_2.stream(),
              keepalive(V2_2, "is an old name, and has no default any more", NODES_2_2))
          .flatMap(changes -> changes)
          .toList();

  private SettingChanges() {}

  private static SettingChange change(
      SettingChange.Kind kind,
      String name,
      Release since,
      String usual,
      String what,
      String source,
      String... instead) {
    return new SettingChange(kind, name, since, EVERYBODY, usual, what, List.of(instead), source);
  }

  /// One setting had many names in a row.
  private static Stream<SettingChange> keepalive(Release since, String what, String source) {
    return Stream.of(
        change(RENAMED, "upstream_keepalive", since, "60", what, source, POOL),
        change(RENAMED, "nginx_http_upstream_keepalive", since, "60", what, source, POOL),
        change(
            RENAMED,
            "nginx_http_upstream_keepalive_requests",
            since,
            "100",
            what,
            source,
            REQUESTS),
        change(RENAMED, "nginx_http_upstream_keepalive_timeout", since, "60s", what, source, IDLE),
        change(RENAMED, "nginx_upstream_keepalive", since, "60", what, source, POOL),
        change(RENAMED, "nginx_upstream_keepalive_requests", since, "100", what, source, REQUESTS),
        change(RENAMED, "nginx_upstream_keepalive_timeout", since, "60s", what, source, IDLE));
  }
}
