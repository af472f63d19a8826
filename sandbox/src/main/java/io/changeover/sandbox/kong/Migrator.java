package io.changeover.sandbox.kong;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs migrations with the words, the order and the traps of the real thing.
final class Migrator {
  static final String NEEDS_BOOTSTRAP =
      """
      Database needs bootstrapping or is older than Kong 1.0.

      To start a new installation from scratch, run 'kong migrations bootstrap'.

      To migrate from a version older than 1.0, migrated to Kong 1.5.0 first.\s
      If you still have 'apis' entities, you can convert them to Routes and Services
      using the 'kong migrations migrate-apis' command in Kong 1.5.0.

      """;
  static final String NEW_AVAILABLE =
      "New migrations available; run 'kong migrations up' to proceed";
  private static final String ABORTED = "aborted: another node is performing database changes";
  private static final String HAS_PENDING =
      "Database has pending migrations; run 'kong migrations finish'";

  private final Profile profile;
  private final Store store;
  private final Console console;
  private final Faults faults;
  private final Path prefix;
  private final ClusterMutex mutex;
  private final boolean force;

  Migrator(Call call, KongSettings settings, Store store) {
    this.profile = call.profile();
    this.store = store;
    this.console = call.console();
    this.faults = call.faults();
    this.prefix = settings.prefix();
    this.mutex = new ClusterMutex(store, call.lockTimeout(), faults);
    this.force = call.arguments().has("force");
  }

  private enum Halves {
    UP,
    BOTH,
    TEARDOWN
  }

  /// Makes the bookkeeping and runs everything, if there is no bookkeeping; else does nothing,
  /// however old the schema.
  void bootstrap(SchemaState state) {
    if (!state.needsBootstrap()) {
      console.info("Database already bootstrapped");
      return;
    }
    console.info("Bootstrapping database...");
    store.bootstrap();
    boolean done =
        mutex.tryRun(
            () -> {
              at(profile.lines().bootstrap(), () -> run(state.fresh(), Halves.BOTH, Map.of()));
              console.info("Database is up-to-date");
            });
    sayIfAborted(done);
  }

  /// Drops everything.
  ///
  /// @return whether it was done
  boolean reset(SchemaState state) {
    if (state.needsBootstrap()) {
      console.info("Database not bootstrapped, nothing to reset");
      return false;
    }
    boolean done =
        mutex.tryRunWithoutRelease(
            () -> {
              console.info("Resetting database...");
              store.reset();
              store.resetNote().ifPresent(console::info);
              console.info("Database successfully reset");
            });
    sayIfAborted(done);
    return done;
  }

  /// Runs the first half of what is new. As observed, a run that had to wait for another does
  /// nothing and is content.
  void up(SchemaState before) {
    if (before.needsBootstrap()) {
      throw new KongException("Cannot run migrations: " + NEEDS_BOOTSTRAP);
    }
    if (profile.earlyPendingCheck() && before.hasPending() && !force) {
      throw new KongException(HAS_PENDING);
    }
    sayIfAborted(mutex.runOrWait(this::upLocked));
  }

  private void upLocked() {
    SchemaState state = store.schemaState();
    if (!force && state.hasPending()) {
      throw new KongException(Lua.migrations(profile.lines().upPending(), HAS_PENDING));
    }
    if (force && !state.executed().isEmpty()) {
      SchemaState again = state;
      at(profile.lines().forcedUp(), () -> run(again.executed(), Halves.BOTH, again.pending()));
      state = store.schemaState();
      if (state.hasPending()) {
        console.info("\n" + HAS_PENDING + " when ready");
        return;
      }
    }
    if (!state.hasNew()) {
      if (!force) {
        console.info("Database is already up-to-date");
      }
      return;
    }
    SchemaState fresh = state;
    at(profile.lines().up(), () -> run(fresh.fresh(), Halves.UP, Map.of()));
    if (store.schemaState().hasPending()) {
      console.info("\n" + HAS_PENDING + " when ready");
    }
  }

  /// Runs the second half of what is pending.
  void finish(SchemaState before) {
    if (before.needsBootstrap()) {
      throw new KongException("Cannot run migrations: " + NEEDS_BOOTSTRAP);
    }
    sayIfAborted(mutex.tryRun(this::finishLocked));
  }

  private void finishLocked() {
    SchemaState state = store.schemaState();
    if (force && !state.executed().isEmpty()) {
      SchemaState again = state;
      at(profile.lines().forcedFinish(), () -> run(again.executed(), Halves.BOTH, again.pending()));
      state = store.schemaState();
    }
    if (state.hasPending()) {
      SchemaState pending = state;
      at(profile.lines().finish(), () -> run(pending.pending(), Halves.TEARDOWN, Map.of()));
      state = store.schemaState();
    }
    if (state.hasNew()) {
      console.info("\n" + NEW_AVAILABLE);
    } else if (!force) {
      console.info("No pending migrations to finish");
    }
  }

  private void sayIfAborted(boolean done) {
    if (!done) {
      console.info(ABORTED);
    }
  }

  private void at(int line, Runnable work) {
    try {
      work.run();
    } catch (KongException e) {
      throw new KongException(Lua.migrations(line, e.words()), e);
    }
  }

  /// @param spared what is not torn down although its first half runs again
  private void run(
      Map<String, List<String>> migrations, Halves halves, Map<String, List<String>> spared) {
    Tally tally = new Tally();
    migrations.forEach(
        (subsystem, names) -> {
          console.info(
              "migrating " + subsystem + " on " + store.noun() + " '" + store.name() + "'...");
          for (String name : names) {
            boolean leave = spared.getOrDefault(subsystem, List.of()).contains(name);
            console.debug("running migration: " + name);
            String end = runOne(subsystem, migration(subsystem, name), halves, leave);
            console.info(subsystem + " migrated up to: " + name + " (" + end + ")");
            tally.count(end);
          }
        });
    tally.say(console);
  }

  private String runOne(
      String subsystem, Migration migration, Halves halves, boolean spareTeardown) {
    boolean hasTeardown = migration.hasTeardown(store.kind());
    if (halves != Halves.TEARDOWN) {
      runUp(subsystem, migration, halves);
      if (!hasTeardown) {
        store.recordExecuted(subsystem, migration.name());
        return "executed";
      }
      store.recordPending(subsystem, migration.name());
    }
    if (halves == Halves.UP || spareTeardown) {
      return "pending";
    }
    if (hasTeardown) {
      strike("fail-finish", halves == Halves.TEARDOWN, migration, "teardown");
      store.teardown(subsystem, migration);
    }
    store.recordTeardown(subsystem, migration.name());
    return "executed";
  }

  private void runUp(String subsystem, Migration migration, Halves halves) {
    boolean injected = halves == Halves.UP;
    strike("fail-up", injected, migration, "up");
    boolean slow = injected && faults.has("slow-up") && migration.hasTeardown(store.kind());
    store.up(subsystem, migration, slow ? faults.duration("slow-up") : Duration.ZERO);
    if (injected && faults.strikes("crash-after-ddl", prefix)) {
      Runtime.getRuntime().halt(137);
    }
  }

  private void strike(String fault, boolean allowed, Migration migration, String half) {
    if (allowed && faults.strikes(fault, prefix)) {
      throw store.failed(migration, half, "ERROR: asked for by CHANGEOVER_FAULTS");
    }
  }

  private Migration migration(String subsystem, String name) {
    for (Subsystem known : profile.subsystems()) {
      for (Migration migration : known.migrations()) {
        if (known.name().equals(subsystem) && migration.name().equals(name)) {
          return migration;
        }
      }
    }
    throw new IllegalStateException(
        "Expected a migration of this profile, but got " + subsystem + " " + name);
  }

  /// Counts for the closing lines.
  private static final class Tally {
    private int executed;
    private int pending;

    void count(String end) {
      if (end.equals("executed")) {
        executed++;
      } else {
        pending++;
      }
    }

    void say(Console console) {
      int all = executed + pending;
      console.info(all + (all == 1 ? " migration processed" : " migrations processed"));
      if (executed > 0) {
        console.info(executed + " executed");
      }
      if (pending > 0) {
        console.info(pending + " pending");
      }
    }
  }
}
