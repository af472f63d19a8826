package io.changeover.sandbox.kong;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A whole small cluster as a state machine: schema, lock, nodes that are up or down. No database,
/// no HTTP, no processes, so that a test can run many at once. Its migrations are the code of the
/// command line on a store in memory: words and exit codes are the same, and so are the traps, such
/// as an old node that starts on a finished schema.
///
/// Safe for use by several threads.
public final class StateMachineCluster {
  /// What a command said.
  ///
  /// @param exit the exit code
  public record Answer(int exit, String out, String err) {}

  private final MemoryStore store;
  private final String name;
  private final Map<String, String> running = new TreeMap<>();

  /// An empty database, no node up.
  public StateMachineCluster(String name) {
    this.name = name;
    this.store = new MemoryStore(name, InstantSource.system());
  }

  /// A cluster that was bootstrapped by a version and serves with these nodes.
  public static StateMachineCluster serving(String name, String version, String... nodes) {
    StateMachineCluster cluster = new StateMachineCluster(name);
    cluster.migrations(version, "bootstrap");
    for (String node : nodes) {
      cluster.start(version, node);
    }
    return cluster;
  }

  public String name() {
    return name;
  }

  /// `kong migrations …` of that version.
  ///
  /// @param arguments the subcommand and its options
  public Answer migrations(String version, String... arguments) {
    Arguments parsed = Arguments.parse(Arrays.asList(arguments), MigrationsCommand.GRAMMAR);
    return answer(
        version,
        parsed,
        (call, settings) ->
            new MigrationsCommand(call)
                .run(String.valueOf(parsed.word(0)), settings, store.as(call.profile())));
  }

  /// `kong start` of a node of that version, with the checks of the real one.
  public synchronized Answer start(String version, String node) {
    Arguments none = Arguments.parse(List.of(), StartCommand.GRAMMAR);
    return answer(
        version,
        none,
        (call, settings) -> {
          if (running.containsKey(node)) {
            throw new KongException("Kong is already running in " + node);
          }
          StartCommand.refuseUnlessMigrated(store.as(call.profile()).schemaState(), call.console());
          running.put(node, version);
          call.console().info("Kong started");
          return 0;
        });
  }

  /// `kong stop` of a node.
  ///
  /// @return whether it was up
  public synchronized boolean stop(String node) {
    return running.remove(node) != null;
  }

  /// The nodes that are up, each with its version.
  public synchronized Map<String, String> running() {
    return Map.copyOf(running);
  }

  /// What a binary of that version sees of the schema.
  public SchemaState schema(String version) {
    return store.as(Profile.of(version)).schemaState();
  }

  private interface Command {
    int run(Call call, KongSettings settings);
  }

  private static Answer answer(String version, Arguments arguments, Command command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err));
    Profile profile = Profile.of(version);
    int exit;
    try {
      Call call = new Call(profile, Map.of(), arguments, console);
      exit = command.run(call, KongSettings.defaults(profile));
    } catch (KongException e) {
      console.failed(Lua.ROOT, e.words());
      exit = 1;
    }
    return new Answer(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
