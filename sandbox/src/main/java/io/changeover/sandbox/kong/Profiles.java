package io.changeover.sandbox.kong;

import static io.changeover.sandbox.kong.Migration.upOnly;
import static io.changeover.sandbox.kong.Migration.withTeardown;
import static io.changeover.sandbox.kong.Migration.withTeardownOn;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The versions the stand-in knows. Of 2.1.4 and 2.2.2, names and order of migrations, and which of
/// them have a teardown, are as observed on the real ones. The others are Enterprise's, one for
/// each minor of its upgrade path, and were not observed: they are what Kong's documentation and
/// the names of its migrations say about them.
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

  private static final List<String> SINCE_2_0 = List.of("acme", "grpc-web", "grpc-gateway");
  private static final List<String> ENTERPRISE_PLUGINS =
      List.of(
          "key-auth-enc",
          "mtls-auth",
          "request-transformer-advanced",
          "response-transformer-advanced",
          "rate-limiting-advanced",
          "openid-connect",
          "canary",
          "jwt-signer");
  private static final Profile.Lines LINES_21 = new Profile.Lines(41, 67, 74, 97, 108, 130, 142);
  private static final Profile.Lines LINES_22 = new Profile.Lines(41, 74, 81, 104, 115, 137, 149);
  private static final Pattern TARGET = Pattern.compile("_to_(\\d+)$");

  private Profiles() {}

  static List<Profile> all() {
    return List.of(
        enterprise036(),
        enterprise13(),
        enterprise15(),
        kong214(),
        enterprise21(),
        kong222(),
        enterprise22());
  }

  /// On open source 1.2.1, by Enterprise's changelog.
  private static Profile enterprise036() {
    return old("0.36.0", enterprise(360, upTo(120, subsystems21())));
  }

  private static Profile enterprise13() {
    return old("1.3.0.2", enterprise(1302, upTo(130, subsystems21())));
  }

  private static Profile enterprise15() {
    return old("1.5.0.7", enterprise(1507, upTo(150, subsystems21())));
  }

  private static Profile old(String version, List<Subsystem> subsystems) {
    List<String> plugins = new ArrayList<>(enterprisePlugins());
    plugins.removeAll(SINCE_2_0);
    return new Profile(
        version,
        Profile.Edition.ENTERPRISE,
        subsystems,
        List.copyOf(plugins),
        version.startsWith("1.5") ? SettingDefaults.kong15() : SettingDefaults.kong13(),
        false,
        false,
        false,
        LINES_21);
  }

  static Profile kong214() {
    return new Profile(
        "2.1.4",
        Profile.Edition.COMMUNITY,
        subsystems21(),
        PLUGINS,
        SettingDefaults.kong21(),
        false,
        false,
        false,
        LINES_21);
  }

  private static Profile enterprise21() {
    return new Profile(
        "2.1.4.0",
        Profile.Edition.ENTERPRISE,
        enterprise(2100, subsystems21()),
        enterprisePlugins(),
        SettingDefaults.kong21(),
        false,
        false,
        false,
        LINES_21);
  }

  static Profile kong222() {
    return new Profile(
        "2.2.2",
        Profile.Edition.COMMUNITY,
        subsystems22(),
        PLUGINS,
        SettingDefaults.kong22(),
        true,
        true,
        true,
        LINES_22);
  }

  private static Profile enterprise22() {
    return new Profile(
        "2.2.0.0",
        Profile.Edition.ENTERPRISE,
        enterprise(2200, subsystems22()),
        enterprisePlugins(),
        SettingDefaults.kong22(),
        true,
        true,
        true,
        LINES_22);
  }

  private static List<String> enterprisePlugins() {
    return Stream.concat(PLUGINS.stream(), ENTERPRISE_PLUGINS.stream()).toList();
  }

  private static List<Subsystem> subsystems21() {
    return subsystems(core(), List.of(upOnly("000_base_session")));
  }

  private static List<Subsystem> subsystems22() {
    List<Migration> core = new ArrayList<>(core());
    core.add(withTeardown("012_213_to_220"));
    return subsystems(core, List.of(upOnly("000_base_session"), upOnly("001_add_ttl_index")));
  }

  /// What an older version has of a newer one's migrations; their names say to which version each
  /// leads.
  private static List<Subsystem> upTo(int version, List<Subsystem> newer) {
    return newer.stream()
        .filter(subsystem -> !SINCE_2_0.contains(subsystem.name()))
        .map(
            subsystem ->
                new Subsystem(subsystem.name(), upToVersion(version, subsystem.migrations())))
        .filter(subsystem -> !subsystem.migrations().isEmpty())
        .toList();
  }

  private static List<Migration> upToVersion(int version, List<Migration> migrations) {
    return migrations.stream()
        .filter(
            migration -> {
              Matcher target = TARGET.matcher(migration.name());
              return !target.find() || Integer.parseInt(target.group(1)) <= version;
            })
        .toList();
  }

  /// With Enterprise's own subsystems, after core. Their names and their order, which is none of
  /// the alphabet, were seen in a public dump; what they do was not, and which of them have a
  /// second half is assumed.
  private static List<Subsystem> enterprise(int version, List<Subsystem> base) {
    List<Subsystem> all = new ArrayList<>(base);
    all.add(1, new Subsystem("enterprise", upToVersion(version, enterpriseMigrations())));
    if (version >= 2100) {
      for (String plugin :
          List.of(
              "acl",
              "basic-auth",
              "hmac-auth",
              "jwt",
              "key-auth",
              "key-auth-enc",
              "mtls-auth",
              "oauth2",
              "request-transformer-advanced",
              "response-transformer-advanced")) {
        all.add(
            Subsystem.of("enterprise." + plugin, withTeardown("001_1500_to_2100").inNameOnly()));
      }
    }
    return List.copyOf(all);
  }

  private static List<Migration> enterpriseMigrations() {
    return List.of(
        upOnly("000_base"),
        upOnly("006_1301_to_1500").inNameOnly(),
        upOnly("006_1301_to_1302").inNameOnly(),
        withTeardown("010_1500_to_2100").inNameOnly(),
        upOnly("007_1500_to_1504").inNameOnly(),
        upOnly("008_1504_to_1505").inNameOnly(),
        withTeardown("007_1500_to_2100").inNameOnly(),
        upOnly("009_1506_to_1507").inNameOnly(),
        upOnly("009_2100_to_2200").inNameOnly());
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
