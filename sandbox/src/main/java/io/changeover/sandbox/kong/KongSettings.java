package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The resolved configuration of one call or one node. Lowest to highest: defaults of the version,
/// configuration file, environment `KONG_<NAME>`, what the command line forces. An empty
/// environment value counts as unset.
public final class KongSettings {
  private static final Set<String> NUMBERS =
      Set.of(
          "pg_port",
          "pg_timeout",
          "cassandra_port",
          "cassandra_timeout",
          "cassandra_repl_factor",
          "cassandra_schema_consensus_timeout",
          "db_update_frequency",
          "db_update_propagation");
  private static final List<String> DATABASES = List.of("postgres", "cassandra", "off");
  private static final List<Path> USUAL_FILES =
      List.of(Path.of("/etc/kong/kong.conf"), Path.of("/etc/kong.conf"));

  private final Profile profile;
  private final Map<String, String> values;

  private KongSettings(Profile profile, Map<String, String> values) {
    this.profile = profile;
    this.values = values;
  }

  /// The settings of a command.
  ///
  /// @param conf what `-c` names; without it the usual places are tried, and it is fine when there
  ///   is nothing
  /// @throws KongException in Kong's words: no such file, a value that is none
  public static KongSettings resolve(
      Profile profile,
      @Nullable Path conf,
      Map<String, String> environment,
      Map<String, String> forced) {
    Map<String, String> values = new TreeMap<>(profile.defaults());
    Path file = conf;
    if (file == null) {
      file = USUAL_FILES.stream().filter(Files::exists).findFirst().orElse(null);
    }
    if (file != null) {
      values.putAll(ConfFile.read(file));
    }
    return layered(profile, values, environment, forced);
  }

  /// The version's own settings, whatever this machine has in files and environment.
  static KongSettings defaults(Profile profile) {
    return new KongSettings(profile, new TreeMap<>(profile.defaults()));
  }

  /// What a node and `kong config` read back: the file that `prepare` and `start` wrote. The
  /// environment still wins over it.
  public static KongSettings fromKongEnv(
      Profile profile, Path kongEnv, Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>(profile.defaults());
    values.putAll(ConfFile.read(kongEnv));
    return layered(profile, values, environment, Map.of());
  }

  private static KongSettings layered(
      Profile profile,
      Map<String, String> values,
      Map<String, String> environment,
      Map<String, String> forced) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("KONG_") && !value.isEmpty()) {
            values.put(name.substring("KONG_".length()).toLowerCase(Locale.ROOT), value);
          }
        });
    values.putAll(forced);
    KongSettings settings = new KongSettings(profile, values);
    settings.check();
    return settings;
  }

  private void check() {
    List<String> wrong = new ArrayList<>();
    if (!DATABASES.contains(database())) {
      wrong.add(
          "database has an invalid value: '"
              + database()
              + "' ("
              + String.join(", ", DATABASES)
              + ")");
    }
    for (String name : NUMBERS) {
      if (!get(name).matches("-?\\d{1,9}(\\.\\d+)?")) {
        wrong.add(name + " is not a number: '" + get(name) + "'");
      }
    }
    wrong.addAll(wrongOfRole());
    if (!wrong.isEmpty()) {
      throw new KongException(String.join("\n", wrong));
    }
  }

  /// Words as observed with `start`; that the other commands say the same is assumed, since all of
  /// them read the settings alike.
  private List<String> wrongOfRole() {
    String word = get("role");
    if (!knowsRoles()) {
      return List.of();
    }
    NodeRole role = NodeRole.of(word).orElse(null);
    if (role == null) {
      return List.of(
          "role has an invalid value: '" + word + "' (traditional, control_plane, data_plane)");
    }
    boolean off = database().equals("off");
    if (role == NodeRole.DATA_PLANE && !off) {
      return List.of(
          "only in-memory storage can be used when role = \"data_plane\"\n"
              + "Hint: set database = off in your kong.conf");
    }
    if (role == NodeRole.CONTROL_PLANE && off) {
      return List.of("in-memory storage can not be used when role = \"control_plane\"");
    }
    return role != NodeRole.TRADITIONAL
            && (get("cluster_cert").isEmpty() || get("cluster_cert_key").isEmpty())
        ? List.of("cluster certificate and key must be provided to use Hybrid mode")
        : List.of();
  }

  public Profile profile() {
    return profile;
  }

  /// The value of a property, or the empty text when it is not set.
  public String get(String property) {
    return values.getOrDefault(property, "");
  }

  /// A whole number; fractions are cut off.
  public int number(String property) {
    String text = get(property);
    try {
      return (int) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new KongException(property + " is not a number: '" + text + "'", e);
    }
  }

  public boolean isOn(String property) {
    return Set.of("on", "true").contains(get(property).toLowerCase(Locale.ROOT));
  }

  /// Where this node keeps its files; absolute, without a slash at the end.
  public Path prefix() {
    return Path.of(get("prefix")).toAbsolutePath().normalize();
  }

  public Path kongEnv() {
    return prefix().resolve(".kong_env");
  }

  public Path pidFile() {
    return prefix().resolve("pids").resolve("nginx.pid");
  }

  /// `postgres`, `cassandra` or `off`.
  public String database() {
    return get("database");
  }

  /// What the node does; versions without hybrid mode do not look at the setting.
  public NodeRole role() {
    return knowsRoles()
        ? NodeRole.of(get("role")).orElse(NodeRole.TRADITIONAL)
        : NodeRole.TRADITIONAL;
  }

  private boolean knowsRoles() {
    return profile.defaults().containsKey("role");
  }

  /// Names of the enabled plugins, `bundled` spelled out; names nobody knows are kept, as Kong
  /// does.
  public List<String> plugins() {
    List<String> enabled = new ArrayList<>();
    for (String item : get("plugins").split(",", -1)) {
      String name = item.strip();
      if (name.equals("bundled")) {
        profile.plugins().stream().filter(p -> !enabled.contains(p)).forEach(enabled::add);
      } else if (!name.isEmpty() && !name.equals("off") && !enabled.contains(name)) {
        enabled.add(name);
      }
    }
    return List.copyOf(enabled);
  }

  /// The addresses of `proxy_listen`, `admin_listen` or `status_listen`.
  public List<Listen> listens(String property) {
    return Listen.parse(property, get(property));
  }

  /// Everything, sorted by name. Passwords are in it: never print it.
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  /// The same with some values replaced.
  public KongSettings with(Map<String, String> replaced) {
    Map<String, String> copy = new TreeMap<>(values);
    copy.putAll(replaced);
    return new KongSettings(profile, copy);
  }

  /// Writes `<prefix>/.kong_env`, readable by its owner only.
  void writeKongEnv() throws IOException {
    Path file = kongEnv();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, ConfFile.format(values));
  }

  @Override
  public String toString() {
    return "KongSettings[" + profile.version() + ", " + prefix() + "]";
  }
}
