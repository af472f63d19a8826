package io.changeover.cli.plan;

import io.changeover.inventory.Cluster;
import io.changeover.inventory.KongVersion;
import io.changeover.inventory.NoDatastore;
import io.changeover.inventory.Node;
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
        .flatMap(side -> version(side).stream())
        .flatMap(this::looks)
        .toList();
  }

  /// Without a datastore every `kong migrations` says that all is well, so none is asked.
  private Stream<String> looks(KongVersion version) {
    KongTarget target = KongTarget.of(version);
    String own = line(target, KongArguments.version());
    return cluster.datastore() instanceof NoDatastore
        ? Stream.of(own)
        : Stream.of(own, line(target, KongArguments.list(target.conf(), READING)));
  }

  private List<String> migrate(Verb verb) {
    return version(Side.GREEN).stream()
        .map(KongTarget::of)
        .map(green -> line(green, KongArguments.migrate(verb, green.conf(), TIMEOUTS)))
        .toList();
  }

  private List<String> parse() {
    return version(Side.GREEN).stream()
        .flatMap(
            green ->
                green.declarative().stream()
                    .map(file -> KongArguments.configParse(green.conf(), file))
                    .map(words -> line(KongTarget.of(green), words)))
        .toList();
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
                                ? start(version, node)
                                : quit(version, node)))
        .toList();
  }

  private static boolean concerns(@Nullable Role role, Node node) {
    return role == null || node.role().filter(own -> own.word().equals(role.word())).isPresent();
  }

  private String start(KongVersion version, Node node) {
    KongTarget target = KongTarget.of(version, node);
    return node.start()
        .map(own -> String.join(" ", own))
        .orElseGet(() -> line(target, KongArguments.start(target.conf(), node.prefix())));
  }

  private String quit(KongVersion version, Node node) {
    return node.quit()
        .or(node::stop)
        .map(own -> String.join(" ", own))
        .orElseGet(
            () -> line(KongTarget.of(version, node), KongArguments.quit(node.prefix(), QUIT)));
  }

  private Optional<KongVersion> version(Side side) {
    return cluster.version(side == Side.BLUE ? hop.fromVersion() : hop.toVersion());
  }

  private String line(KongTarget target, List<String> arguments) {
    Map<String, String> settings = new TreeMap<>();
    target.environment().forEach((name, value) -> settings.put(name, shown(name, value)));
    if (!plugins.isEmpty() && target.command().equals(command(Side.GREEN))) {
      settings.merge(
          "KONG_PLUGINS",
          "bundled," + String.join(",", plugins),
          (own, _) -> own + "," + String.join(",", plugins));
    }
    List<String> words = new ArrayList<>();
    settings.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(target.command());
    words.addAll(arguments);
    return String.join(" ", words);
  }

  private List<String> command(Side side) {
    return version(side).map(KongVersion::command).orElse(List.of());
  }

  private static String shown(String name, Secret value) {
    return value.isReference() || SECRET.matcher(name).find() ? MASK : value.resolve();
  }
}
