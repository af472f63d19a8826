package io.changeover.worker.kong;

import static java.util.stream.Collectors.joining;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.Node;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which `kong` to call, and with which settings.
///
/// @param command argv prefix
/// @param conf handed over as `--conf`
/// @param environment the `KONG_*` settings; looked up only when a call is made
public record KongTarget(
    List<String> command, Optional<String> conf, Map<String, Secret> environment) {

  private static final String PLUGINS = "KONG_PLUGINS";

  public KongTarget {
    command = List.copyOf(command);
    environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /// The version's own command, for what concerns the whole cluster.
  public static KongTarget of(KongVersion version) {
    return fileBased(
        version, new KongTarget(version.command(), version.conf(), version.environment()));
  }

  /// One node's command.
  public static KongTarget of(KongVersion version, Node node) {
    return fileBased(version, new KongTarget(node.command(), version.conf(), node.environment()));
  }

  /// A node without datastore is told so, and which file is its own: the file that was parsed is
  /// the file that is served.
  private static KongTarget fileBased(KongVersion version, KongTarget target) {
    return version
        .declarative()
        .map(
            file ->
                target
                    .with("KONG_DATABASE", Secret.of("off"))
                    .with("KONG_DECLARATIVE_CONFIG", Secret.of(file)))
        .orElse(target);
  }

  /// With more plugins than the settings name: they need their own migrations, and Kong sees no
  /// others than these.
  public KongTarget withPlugins(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    String named =
        Optional.ofNullable(environment.get(PLUGINS)).map(Secret::resolve).orElse("bundled");
    return with(PLUGINS, Secret.of(plugins(named, more)));
  }

  /// The value of `KONG_PLUGINS` with more of them, each once.
  public static String plugins(String named, List<String> more) {
    List<String> known = Stream.of(named.split(",", -1)).map(String::strip).toList();
    Stream<String> missing = more.stream().filter(plugin -> !known.contains(plugin));
    return Stream.concat(Stream.of(named), missing).collect(joining(","));
  }

  /// As the schema of a version is read and changed: with the datastore's own login where the
  /// version has a role of its own, which may be locked out, and which must not own what it makes.
  public KongTarget migrating(Cluster cluster, KongVersion version) {
    return cluster.datastore() instanceof PostgresDatastore datastore
            && cluster.ownRole(version).isPresent()
        ? asOwner(datastore)
        : this;
  }

  private KongTarget asOwner(PostgresDatastore datastore) {
    return with("KONG_PG_USER", Secret.of(datastore.user()))
        .with("KONG_PG_PASSWORD", datastore.password());
  }

  /// With one setting more, or another value for it.
  public KongTarget with(String name, Secret value) {
    TreeMap<String, Secret> more = new TreeMap<>(environment);
    more.put(name, value);
    return new KongTarget(command, conf, more);
  }
}
