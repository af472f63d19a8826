package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// `kong start`, `prepare` and the second half of `restart`: what a node checks before it runs, and
/// the node itself.
final class StartCommand {
  static final Arguments.Grammar GRAMMAR =
      new Arguments.Grammar(
          Map.of("c", "conf", "p", "prefix", "t", "timeout", "w", "wait"),
          Set.of("run-migrations", "v", "vv", "help"),
          Set.of("conf", "prefix", "nginx-conf"),
          Set.of("db-timeout", "lock-timeout", "timeout", "wait"));

  private final Call call;

  StartCommand(Call call) {
    this.call = call;
  }

  int start() {
    KongSettings settings = withTimeouts(call.settings());
    NodeProcess node = new NodeProcess(settings);
    if (node.running().isPresent()) {
      throw new KongException("Kong is already running in " + settings.prefix());
    }
    prepare(settings);
    if (!settings.database().equals("off")) {
      checkDatabase(settings);
    }
    if (call.faults().strikes("refuse-start", settings.prefix())) {
      throw new KongException(
          Lua.start(64, "nginx: [emerg] asked for by CHANGEOVER_FAULTS: refuse-start"));
    }
    try {
      node.start(call.environment());
    } catch (IOException e) {
      throw new KongException(Lua.start(64, "could not start the node: " + e.getMessage()), e);
    }
    call.console().info("Kong started");
    return 0;
  }

  int prepare() {
    prepare(withTimeouts(call.settings()));
    return 0;
  }

  /// As observed, a node keeps the command's timeouts as its own.
  private KongSettings withTimeouts(KongSettings settings) {
    String millis = Long.toString(call.databaseTimeout().toMillis());
    return settings.with(
        Map.of(
            "pg_timeout",
            millis,
            "cassandra_timeout",
            millis,
            "cassandra_schema_consensus_timeout",
            millis));
  }

  private void prepare(KongSettings settings) {
    Path prefix = settings.prefix();
    try {
      if (!Files.exists(prefix)) {
        call.console().info("prefix directory " + prefix + " not found, trying to create it");
      }
      for (String folder : List.of("pids", "logs", "ssl")) {
        Files.createDirectories(prefix.resolve(folder));
      }
      settings.writeKongEnv();
    } catch (IOException e) {
      throw new KongException(
          "could not prepare Kong prefix at " + prefix + ": " + e.getMessage(), e);
    }
  }

  private void checkDatabase(KongSettings settings) {
    if (settings.database().equals("cassandra") && settings.number("db_update_propagation") == 0) {
      call.console()
          .warn(
              "You are using Cassandra but your 'db_update_propagation' setting is set to '0' (default). Due to the"
                  + " distributed nature of Cassandra, you should increase this value.");
    }
    try (Store store = Store.open(call.profile(), settings, call.databaseTimeout())) {
      SchemaState state = store.schemaState();
      if (call.arguments().has("run-migrations") && state.hasNew()) {
        up(settings, store, state);
        state = store.schemaState();
      }
      refuseUnlessMigrated(state, call.console());
      refusePluginsInUse(settings, store);
    }
  }

  private void up(KongSettings settings, Store store, SchemaState state) {
    try {
      new Migrator(call, settings, store).up(state);
    } catch (KongException e) {
      throw e.words().contains("cluster_mutex")
          ? new KongException(Lua.migrations(call.profile().lines().startMutex(), e.words()), e)
          : e;
    }
  }

  /// What a node checks of the schema: pending is said and let through, new is refused.
  ///
  /// @throws KongException in Kong's words
  static void refuseUnlessMigrated(SchemaState state, Console console) {
    if (state.needsBootstrap()) {
      throw new KongException(Lua.migrations(16, Migrator.NEEDS_BOOTSTRAP));
    }
    if (state.hasNew()) {
      throw new KongException(Lua.migrations(20, Migrator.NEW_AVAILABLE));
    }
    if (state.hasPending()) {
      console.info("Database has pending migrations:\n" + MigrationsCommand.block(state.pending()));
    }
  }

  private static void refusePluginsInUse(KongSettings settings, Store store) {
    Set<String> missing = new TreeSet<>(store.pluginsInUse());
    missing.removeAll(settings.plugins());
    if (!missing.isEmpty()) {
      throw new KongException(
          Lua.start(
              64,
              "nginx: [error] init_by_lua error: "
                  + missing.iterator().next()
                  + " plugin is in use but not enabled\n"));
    }
  }
}
