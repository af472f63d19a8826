package io.changeover.sandbox.kong;

import static io.changeover.sandbox.kong.Migration.upOnly;
import static io.changeover.sandbox.kong.Migration.withTeardown;
import static io.changeover.sandbox.kong.Migration.withTeardownOn;

import java.util.ArrayList;
import java.util.List;

/// The versions the stand-in knows. Names and order of migrations, and which of them have a
/// teardown, are as observed on the real ones.
final class Profiles {
  private static final List<String> PLUGINS =
      List.of(
          "jwt",
          "acl",
          "correlation-id",
          "cors",
          "oauth2",
          "tcp-log",
          "udp-log",
          "file-log",
          "http-log",
          "key-auth",
          "hmac-auth",
          "basic-auth",
          "ip-restriction",
          "request-transformer",
          "response-transformer",
          "request-size-limiting",
          "rate-limiting",
          "response-ratelimiting",
          "syslog",
          "loggly",
          "datadog",
          "ldap-auth",
          "statsd",
          "bot-detection",
          "aws-lambda",
          "request-termination",
          "azure-functions",
          "zipkin",
          "pre-function",
          "post-function",
          "prometheus",
          "proxy-cache",
          "session",
          "acme",
          "grpc-web",
          "grpc-gateway");

  private Profiles() {}

  static Profile kong214() {
    return new Profile(
        "2.1.4",
        subsystems(core(), List.of(upOnly("000_base_session"))),
        PLUGINS,
        SettingDefaults.kong21(),
        false,
        false,
        false,
        new Profile.Lines(41, 67, 74, 97, 108, 130, 142));
  }

  static Profile kong222() {
    List<Migration> core = new ArrayList<>(core());
    core.add(withTeardown("012_213_to_220"));
    return new Profile(
        "2.2.2",
        subsystems(core, List.of(upOnly("000_base_session"), upOnly("001_add_ttl_index"))),
        PLUGINS,
        SettingDefaults.kong22(),
        true,
        true,
        true,
        new Profile.Lines(41, 74, 81, 104, 115, 137, 149));
  }

  private static List<Migration> core() {
    return List.of(
        upOnly("000_base"),
        upOnly("003_100_to_110"),
        upOnly("004_110_to_120"),
        withTeardown("005_120_to_130"),
        upOnly("006_130_to_140"),
        withTeardownOn("cassandra", "007_140_to_150"),
        withTeardown("008_150_to_200"),
        withTeardown("009_200_to_210"),
        withTeardownOn("cassandra", "010_210_to_211"),
        upOnly("011_212_to_213"));
  }

  private static List<Subsystem> subsystems(List<Migration> core, List<Migration> session) {
    return List.of(
        new Subsystem("core", List.copyOf(core)),
        Subsystem.of(
            "rate-limiting",
            upOnly("000_base_rate_limiting"),
            upOnly("003_10_to_112"),
            upOnly("004_200_to_210")),
        credentials("hmac-auth", "000_base_hmac_auth"),
        Subsystem.of(
            "oauth2",
            upOnly("000_base_oauth2"),
            upOnly("003_130_to_140"),
            withTeardown("004_200_to_210"),
            withTeardownOn("cassandra", "005_210_to_211")),
        Subsystem.of("ip-restriction", withTeardown("001_200_to_210")),
        credentials("jwt", "000_base_jwt"),
        credentials("basic-auth", "000_base_basic_auth"),
        credentials("key-auth", "000_base_key_auth"),
        new Subsystem("session", session),
        Subsystem.of(
            "acl",
            upOnly("000_base_acl"),
            upOnly("002_130_to_140"),
            withTeardown("003_200_to_210"),
            withTeardown("004_212_to_213")),
        Subsystem.of("response-ratelimiting", upOnly("000_base_response_rate_limiting")),
        Subsystem.of("bot-detection", withTeardown("001_200_to_210")),
        Subsystem.of("acme", upOnly("000_base_acme")));
  }

  private static Subsystem credentials(String plugin, String base) {
    return Subsystem.of(
        plugin, upOnly(base), upOnly("002_130_to_140"), withTeardown("003_200_to_210"));
  }
}
