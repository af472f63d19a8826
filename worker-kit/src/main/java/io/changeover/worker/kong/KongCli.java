package io.changeover.worker.kong;

import io.changeover.inventory.Secret;
import io.changeover.inventory.UnresolvedSecretException;
import io.changeover.worker.kong.CommandResult.Ending;
import io.changeover.worker.kong.KongArguments.Timeouts;
import io.changeover.worker.kong.KongArguments.Verb;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Kong's command line. Secrets are looked up when a call is made and masked in all that comes
/// back.
public final class KongCli {

  private KongCli() {}

  /// `kong version`: one line with the version.
  public static CommandResult version(KongTarget target, Duration limit) {
    return alone(target, KongArguments.version(), Patience.reading(limit), _ -> {});
  }

  /// `kong migrations list`; its exit code tells the state of the schema.
  public static CommandResult list(KongTarget target, Duration limit) {
    return alone(
        target,
        KongArguments.list(target.conf(), limit),
        Patience.reading(limit.plusSeconds(5)),
        _ -> {});
  }

  /// `kong migrations up|finish|bootstrap`. Its exit code proves nothing.
  ///
  /// @param started told the process, to know later whether it still lives
  public static CommandResult migrate(
      KongTarget target,
      Verb verb,
      Timeouts timeouts,
      Patience patience,
      Consumer<ProcessHandle> started) {
    return alone(target, KongArguments.migrate(verb, target.conf(), timeouts), patience, started);
  }

  /// `kong config parse`: whether this version takes the file. Changes nothing.
  public static CommandResult configParse(KongTarget target, String file, Patience patience) {
    return alone(target, KongArguments.configParse(target.conf(), file), patience, _ -> {});
  }

  /// `kong config db_import` in a prefix of its own: in a node's prefix it would write to the
  /// datastore of `.kong_env`, whatever it is told.
  ///
  /// @param started told the process, to know later whether it still lives
  public static CommandResult configImport(
      KongTarget target, String file, Patience patience, Consumer<ProcessHandle> started) {
    return alone(target, KongArguments.configImport(target.conf(), file), patience, started);
  }

  /// `kong config db_export` in a prefix of its own. Exit code 0 does not mean that there is a
  /// file.
  public static CommandResult configExport(KongTarget target, String file, Patience patience) {
    return alone(target, KongArguments.configExport(target.conf(), file), patience, _ -> {});
  }

  /// `kong start` with the node's own prefix.
  public static CommandResult start(KongTarget target, Optional<String> prefix, Patience patience) {
    return call(target, Map.of(), KongArguments.start(target.conf(), prefix), patience, _ -> {});
  }

  /// `kong quit`: lets requests in flight end, within `timeout`.
  public static CommandResult quit(
      KongTarget target, Optional<String> prefix, Duration timeout, Patience patience) {
    return call(target, Map.of(), KongArguments.quit(prefix, timeout), patience, _ -> {});
  }

  /// `kong stop`: returns before the node is gone.
  public static CommandResult stop(KongTarget target, Optional<String> prefix, Patience patience) {
    return call(target, Map.of(), KongArguments.stop(prefix), patience, _ -> {});
  }

  /// `kong health`: looks at the process only.
  public static CommandResult health(KongTarget target, Optional<String> prefix, Duration limit) {
    return call(target, Map.of(), KongArguments.health(prefix), Patience.reading(limit), _ -> {});
  }

  /// A command that the inventory names in place of Kong's own, word by word; it gets the node's
  /// settings as a child of this process does, and what it reaches elsewhere has its own.
  public static CommandResult other(KongTarget target, List<String> argv, Patience patience) {
    try {
      return Commands.run(other(target, argv), patience, _ -> {});
    } catch (UnresolvedSecretException e) {
      return notStarted(
          new KongTarget(argv, Optional.empty(), Map.of()),
          List.of(),
          String.valueOf(e.getMessage()));
    }
  }

  /// Visible for tests.
  static CommandLine other(KongTarget target, List<String> argv) {
    CommandLine own = line(target, Map.of(), List.of());
    return new CommandLine(argv, own.environment(), own.masking());
  }

  private static CommandResult alone(
      KongTarget target,
      List<String> arguments,
      Patience patience,
      Consumer<ProcessHandle> started) {
    try (PrivatePrefix prefix = PrivatePrefix.open(Reach.of(target.command()))) {
      return call(target, Map.of("KONG_PREFIX", prefix.folder()), arguments, patience, started);
    } catch (IOException e) {
      return notStarted(target, arguments, "no private prefix: " + e.getMessage());
    }
  }

  private static CommandResult call(
      KongTarget target,
      Map<String, String> more,
      List<String> arguments,
      Patience patience,
      Consumer<ProcessHandle> started) {
    try {
      return Commands.run(line(target, more, arguments), patience, started);
    } catch (UnresolvedSecretException e) {
      return notStarted(target, arguments, String.valueOf(e.getMessage()));
    }
  }

  /// The command as it is started; visible for tests.
  static CommandLine line(KongTarget target, Map<String, String> more, List<String> arguments) {
    Reach reach = Reach.of(target.command());
    Map<String, String> all = new TreeMap<>();
    Map<String, String> plain = new TreeMap<>();
    List<String> hidden = new ArrayList<>();
    for (Map.Entry<String, Secret> setting : target.environment().entrySet()) {
      String value = setting.getValue().resolve();
      all.put(setting.getKey(), value);
      if (setting.getValue().isReference()) {
        hidden.add(value);
      } else {
        plain.put(setting.getKey(), value);
      }
    }
    all.putAll(more);
    plain.putAll(more);
    List<String> argv = reach.argv(target.command(), plain, all.keySet(), arguments);
    return new CommandLine(argv, all, Masking.of(hidden));
  }

  private static CommandResult notStarted(
      KongTarget target, List<String> arguments, String reason) {
    ArrayList<String> argv = new ArrayList<>(target.command());
    argv.addAll(arguments);
    return new CommandResult(argv, Ending.NOT_STARTED, -1, "", reason, Duration.ZERO);
  }
}
