package io.changeover.migrator.preflight;

import static io.changeover.migrator.preflight.SettingChange.Concerns.COMMUNITY;
import static io.changeover.migrator.preflight.SettingChange.Concerns.ENTERPRISE;
import static io.changeover.migrator.preflight.SettingChange.Concerns.LUA;
import static io.changeover.migrator.preflight.SettingChange.Kind.DEFAULT;
import static io.changeover.migrator.preflight.SettingChange.Kind.EFFECT;
import static io.changeover.migrator.preflight.SettingChange.Kind.MEANING;
import static io.changeover.migrator.preflight.SettingChange.Kind.REMOVED;
import static io.changeover.migrator.preflight.SettingChange.Kind.RENAMED;

import io.changeover.migrator.observe.Since;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The settings that Kong removed, renamed or gave another meaning from 0.36 (which is on open
/// source 1.2.1) to 2.2: by the open-source documents, by the changelog of Enterprise and its
/// references of 0.36, 1.3, 1.5, 2.1 and 2.2 side by side, and by what nodes of 2.1.4 and 2.2.2
/// show of themselves. Of Enterprise's own settings no reference lacks one that an older one has;
/// what its changelog does not tell as well (defaults of mail and of the portal's logs) is taken
/// for a change of the reference alone and left out.
final class SettingChanges {

  private static final Since V1_3 = Since.of("1.3");
  private static final Since V1_4 = Since.of("1.4");
  private static final Since V2_0 = Since.of("2.0");
  private static final Since V2_1 = Since.of("2.1");
  private static final Since V2_2 = Since.of("2.2");

  private static final String UPGRADE_1_3 = "Kong's UPGRADE.md, 1.3";
  private static final String CHANGELOG_1_4 = "Kong's CHANGELOG.md, 1.4.0";
  private static final String UPGRADE_2_0 = "Kong's UPGRADE.md, 2.0";
  private static final String CHANGELOG_2_0 = "Kong's CHANGELOG.md, 2.0.0";
  private static final String SETTINGS_2_1 = "the settings of 2.0 beside those of 2.1.4";
  private static final String SUITES_2_0 =
      "Kong's CHANGELOG.md, 2.0.0; Enterprise's references of 1.5 and 2.1; `GET /` of 2.1.4";
  private static final String NAMES_2_1 =
      "Enterprise's references of 1.5 and 2.1; `GET /` of 2.1.4, which shows both names";
  private static final String NODES_2_2 = "`GET /` of nodes of 2.1.4 and 2.2.2 side by side";

  private static final String SANDBOX =
      "is new, and `sandbox` where nobody sets it: Lua in the configuration of plugins reaches less"
          + " than before";

  private static final String POOL = "upstream_keepalive_pool_size";
  private static final String REQUESTS = "upstream_keepalive_max_requests";
  private static final String IDLE = "upstream_keepalive_idle_timeout";

  private static final List<SettingChange> UP_TO_1_5 =
      List.of(
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
              MEANING,
              "ssl_cipher_suite",
              V2_0,
              "",
              "names a suite of version 5 of Mozilla's, with other ciphers and versions of TLS than"
                  + " the one of that name before",
              SUITES_2_0),
          change(
              DEFAULT,
              "ssl_cipher_suite",
              V2_0,
              "",
              "is `intermediate` where nobody sets it, and was `modern`: clients that can't do TLS"
                  + " 1.2 are not served",
              SUITES_2_0),
          change(
              RENAMED,
              "client_max_body_size",
              V2_0,
              "0",
              "is an old name",
              NAMES_2_1,
              "nginx_http_client_max_body_size"),
          change(
              RENAMED,
              "client_body_buffer_size",
              V2_0,
              "8k",
              "is an old name",
              NAMES_2_1,
              "nginx_http_client_body_buffer_size"),
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
              Set.of(LUA, COMMUNITY),
              "",
              SANDBOX,
              List.of(),
              NODES_2_2));

  private static final List<SettingChange> OF_ENTERPRISE =
      List.of(
          new SettingChange(
              MEANING,
              "audit_log_ignore_paths",
              Since.of("1.3.0.2"),
              Set.of(ENTERPRISE),
              "",
              "takes regular expressions, so that a path stands for all that match it",
              List.of(),
              "Enterprise's changelog, 1.3.0.2"),
          new SettingChange(
              DEFAULT,
              "untrusted_lua",
              Since.of("2.1.4.3", "2.2.1.0"),
              Set.of(LUA, ENTERPRISE),
              "",
              SANDBOX,
              List.of(),
              "Enterprise's changelog, 2.1.4.3 and 2.2.1.0, as a breaking change"),
          new SettingChange(
              DEFAULT,
              "nginx_user",
              Since.of("2.2.1.0"),
              Set.of(ENTERPRISE),
              "",
              "is `kong` where nobody sets it and the machine has such a user, and was `nobody`:"
                  + " files that its workers read or write must be open to it",
              List.of("nginx_main_user"),
              "Enterprise's changelog, 2.2.1.0"));

  /// All of them, older ones first, and then Enterprise's own.
  static final List<SettingChange> ALL =
      Stream.of(
              UP_TO_1_5.stream(),
              TO_2_1.stream(),
              keepalive(V2_1, "is an old name", SETTINGS_2_1),
              TO_2_2.stream(),
              keepalive(V2_2, "is an old name, and has no default any more", NODES_2_2),
              OF_ENTERPRISE.stream())
          .flatMap(changes -> changes)
          .toList();

  private SettingChanges() {}

  private static SettingChange change(
      SettingChange.Kind kind,
      String name,
      Since since,
      String usual,
      String what,
      String source,
      String... instead) {
    return new SettingChange(kind, name, since, Set.of(), usual, what, List.of(instead), source);
  }

  /// One setting had many names in a row.
  private static Stream<SettingChange> keepalive(Since since, String what, String source) {
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
