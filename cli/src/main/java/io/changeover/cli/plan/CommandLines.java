package io.changeover.cli.plan;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.Node;
import io.changeover.inventory.PostgresDatastore;
import io.changeover.inventory.Secret;
import io.changeover.planner.core.Action;
import io.changeover.planner.core.Hop;
import io.changeover.planner.core.Phase;
import io.changeover.planner.core.Role;
import io.changeover.planner.core.Side;
import io.changeover.worker.kong.KongArguments;
import io.changeover.worker.kong.KongArguments.Timeouts;
import io.changeover.worker.kong.KongArguments.Verb;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The command lines that a phase runs, with the arguments that the migrator hands to `kong`. No
/// secret is looked up: a setting that refers to one, or is named like one, is `******`.
record CommandLines(Cluster cluster, Hop hop, List<String> plugins) {
  /// The migrator's defaults, `migrator.kong-database` and `migrator.kong-lock`.
  private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofHours(1), Duration.ofHours(1));

  /// The migrator's default, `migrator.reading`, for looks.
  private static final Duration READING = Duration.ofSeconds(30);

  /// The migrator's default, `migrator.node-quit`.
  private static final Duration QUIT = Duration.ofSeconds(10);

  private static final String MASK = "******";
  private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|TOKEN|_KEY");

  /// In their order; empty where no command line is run, or a runbook does it.
  List<String> of(Phase phase) {
    if (phase.runbook() != null) {
      return List.of();
    }
    return switch (phase.action()) {
      case PREFLIGHT -> preflight();
      case MIGRATE_UP -> migrate(Verb.UP);
      case MIGRATE_FINISH -> migrate(Verb.FINISH);
      case BOOTSTRAP -> migrate(Verb.BOOTSTRAP);
      case PARSE_CONFIG -> parse();
      case START_NODES, STOP_NODES -> nodes(phase);
      case PREFLIGHT_ROUTER,
          BACKUP,
          FENCE_ADMIN,
          FREEZE_ADMIN,
          COPY,
          EXPORT,
          TRANSFER,
          IMPORT,
          COMPARE,
          SHIFT,
          SOAK,
          DRAIN,
          DELTA,
          OPEN_ADMIN,
          VERIFY,
          RESTORE_TRAFFIC,
          VERIFY_ROLLBACK,
          RUNBOOK ->
          List.of();
    };
  }

  private List<String> preflight() {
    return Stream.of(Side.values())
        .flatMap(side -> version(side).stream().flatMap(version -> looks(side, version)))
        .toList();
  }

  /// Without a datastore every `kong migrations` says that all is well, so none is asked.
  private Stream<String> looks(Side side, KongVersion version) {
    String own = line(side, alone(KongTarget.of(version)), KongArguments.version());
    return cluster.datastore() instanceof NoDatastore
        ? Stream.of(own)
        : Stream.of(
            own,
            line(side, alone(migrating(version)), KongArguments.list(version.conf(), READING)));
  }

  private List<String> migrate(Verb verb) {
    return version(Side.GREEN).stream()
        .map(this::migrating)
        .map(
            green ->
                line(Side.GREEN, alone(green), KongArguments.migrate(verb, green.conf(), TIMEOUTS)))
        .toList();
  }

  /// As the migrator reads and changes the schema: with the datastore's own login where the version
  /// has a role of its own.
  private KongTarget migrating(KongVersion version) {
    KongTarget target = KongTarget.of(version);
    return cluster.ownRole(version).isPresent()
            && cluster.datastore() instanceof PostgresDatastore datastore
        ? target.asOwner(datastore)
        : target;
  }

  private List<String> parse() {
    return version(Side.GREEN).stream()
        .flatMap(
            green ->
                green.declarative().stream()
                    .map(file -> KongArguments.configParse(green.conf(), file))
                    .map(words -> line(Side.GREEN, alone(KongTarget.of(green)), words)))
        .toList();
  }

  /// Calls that concern no node get an empty prefix, named anew each time.
  private static KongTarget alone(KongTarget target) {
    return target.with("KONG_PREFIX", Secret.of("/tmp/changeover-kong-…"));
  }

  private List<String> nodes(Phase phase) {
    Side side = phase.side() == null ? Side.GREEN : phase.side();
    return version(side).stream()
        .flatMap(
            version ->
                version.nodes().stream()
                    .filter(node -> concerns(phase.role(), node))
                    .map(
                        node ->
                            phase.action() == Action.START_NODES
                                ? start(side, version, node)
                                : quit(side, version, node)))
        .toList();
  }

  private static boolean concerns(@Nullable Role role, Node node) {
    return role == null || node.role().filter(own -> own.word().equals(role.word())).isPresent();
  }

  private String start(Side side, KongVersion version, Node node) {
    KongTarget target = KongTarget.of(version, node);
    return node.start()
        .map(own -> String.join(" ", own))
        .orElseGet(() -> line(side, target, KongArguments.start(target.conf(), node.prefix())));
  }

  private String quit(Side side, KongVersion version, Node node) {
    return node.quit()
        .or(node::stop)
        .map(own -> String.join(" ", own))
        .orElseGet(
            () ->
                line(side, KongTarget.of(version, node), KongArguments.quit(node.prefix(), QUIT)));
  }

  private Optional<KongVersion> version(Side side) {
    return cluster.version(side == Side.BLUE ? hop.fromVersion() : hop.toVersion());
  }

  /// A command line as it is started: what a child of the worker inherits stands in front, what has
  /// to be handed on elsewhere stands where it is handed on.
  private String line(Side side, KongTarget target, List<String> arguments) {
    Map<String, String> settings = new TreeMap<>();
    target.environment().forEach((name, value) -> settings.put(name, shown(name, value)));
    if (!plugins.isEmpty() && side == Side.GREEN) {
      settings.merge(
          "KONG_PLUGINS",
          KongTarget.plugins("bundled", plugins),
          (own, _) -> KongTarget.plugins(own, plugins));
    }
    Reach reach = Reach.of(target.command());
    Map<String, String> seen = new TreeMap<>(settings);
    target.environment().forEach((name, value) -> hide(seen, name, value));
    List<String> words = new ArrayList<>();
    if (reach != Reach.REMOTE) {
      settings.forEach((name, value) -> words.add(name + "=" + value));
    }
    words.addAll(reach.argv(target.command(), seen, settings.keySet(), arguments));
    return String.join(" ", words);
  }

  private static void hide(Map<String, String> settings, String name, Secret value) {
    if (value.isReference()) {
      settings.remove(name);
    }
  }

  private static String shown(String name, Secret value) {
    return value.isReference() || SECRET.matcher(name).find() ? MASK : value.resolve();
  }
}
