package io.changeover.cli.plan;

import io.changeover.inventory.Backup;
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
import io.changeover.worker.postgres.PgDump;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The command lines that a phase runs, with the arguments that the migrator hands to `kong`, and
/// the exporter to `pg_dump`, built by the same code. No secret is looked up: a setting that refers
/// to one, or is named like one, is `******`.
record CommandLines(Cluster cluster, Hop hop, List<String> plugins) {
  /// The migrator's defaults, `migrator.kong-database` and `migrator.kong-lock`.
  private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofHours(1), Duration.ofHours(1));

  /// The migrator's default, `migrator.reading`, for looks.
  private static final Duration READING = Duration.ofSeconds(30);

  /// The migrator's default, `migrator.node-quit`.
  private static final Duration QUIT = Duration.ofSeconds(10);

  private static final String MASK = "******";
  private static final Pattern SECRET = Pattern.compile("PASSWORD|SECRET|TOKEN|_KEY(?!SPACE)");

  /// In their order; empty where no command line is run, or a runbook does it.
  List<String> of(Phase phase) {
    if (phase.runbook() != null) {
      return List.of();
    }
    return switch (phase.action()) {
      case PREFLIGHT -> preflight();
      case BACKUP -> backup();
      case MIGRATE_UP -> migrate(Verb.UP);
      case MIGRATE_FINISH -> migrate(Verb.FINISH);
      case BOOTSTRAP -> migrate(Verb.BOOTSTRAP);
      case VERIFY, VERIFY_ROLLBACK -> lastLook();
      case PARSE_CONFIG -> parse();
      case START_NODES, STOP_NODES -> nodes(phase);
      case PREFLIGHT_ROUTER,
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
          RESTORE_TRAFFIC,
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
        : Stream.of(own, list(side, version));
  }

  /// Looks before and after; it may look and call more often than that.
  private List<String> migrate(Verb verb) {
    return version(Side.GREEN).stream()
        .flatMap(
            green ->
                Stream.of(
                    list(Side.GREEN, green),
                    line(
                        Side.GREEN,
                        migrating(green),
                        KongArguments.migrate(verb, green.conf(), TIMEOUTS)),
                    list(Side.GREEN, green)))
        .toList();
  }

  private List<String> lastLook() {
    return cluster.datastore() instanceof NoDatastore
        ? List.of()
        : version(Side.GREEN).stream().map(green -> list(Side.GREEN, green)).toList();
  }

  private String list(Side side, KongVersion version) {
    return line(side, migrating(version), KongArguments.list(version.conf(), READING));
  }

  private KongTarget migrating(KongVersion version) {
    return alone(KongTarget.of(version).migrating(cluster, version));
  }

  /// Of the backups only `pg_dump` is a command line; the others read rows themselves.
  private List<String> backup() {
    Backup backup = cluster.upgrade().backup();
    if (backup.mode() != Backup.Mode.PG_DUMP
        || !(cluster.datastore() instanceof PostgresDatastore datastore)) {
      return List.of();
    }
    Map<String, String> settings = new TreeMap<>();
    PgDump.environment(datastore).forEach((name, value) -> settings.put(name, shown(name, value)));
    return List.of(joined(settings, PgDump.argv(backup.pgDump(), datastore, "…")));
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
    return joined(
        reach == Reach.REMOTE ? Map.of() : settings,
        reach.argv(target.command(), seen, settings.keySet(), arguments));
  }

  private static String joined(Map<String, String> settings, List<String> argv) {
    return Stream.concat(
            settings.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()),
            argv.stream())
        .collect(Collectors.joining(" "));
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
