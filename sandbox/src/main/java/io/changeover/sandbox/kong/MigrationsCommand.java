package io.changeover.sandbox.kong;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `kong migrations list|bootstrap|up|finish|reset`.
final class MigrationsCommand {
  static final Arguments.Grammar GRAMMAR =
      new Arguments.Grammar(
          Map.of("y", "yes", "q", "quiet", "f", "force", "c", "conf"),
          Set.of("yes", "quiet", "force", "v", "vv", "help"),
          Set.of("conf"),
          Set.of("db-timeout", "lock-timeout"));
  static final Set<String> SUBCOMMANDS = Set.of("list", "bootstrap", "up", "finish", "reset");

  private final Call call;

  MigrationsCommand(Call call) {
    this.call = call;
  }

  /// Runs a subcommand.
  ///
  /// @return the exit code
  int run(String subcommand) {
    KongSettings settings = call.settings();
    if (subcommand.equals("reset") && !call.arguments().has("yes")) {
      Boolean sure = confirmed();
      if (!sure) {
        call.console().info("cancelled");
        return 0;
      }
    }
    try (Store store = Store.open(call.profile(), settings, call.databaseTimeout())) {
      return run(subcommand, settings, store);
    }
  }

  /// Runs a subcommand on a store that is open already.
  ///
  /// @return the exit code
  int run(String subcommand, KongSettings settings, Store store) {
    call.console().verbose("retrieving " + store.noun() + " schema state...");
    SchemaState state = store.schemaState();
    call.console().verbose("schema state retrieved");
    return run(subcommand, state, store, new Migrator(call, settings, store));
  }

  private int run(String subcommand, SchemaState state, Store store, Migrator migrator) {
    switch (subcommand) {
      case "list" -> {
        return list(state, store);
      }
      case "bootstrap" -> {
        if (call.arguments().has("force")) {
          migrator.reset(state);
          migrator.bootstrap(store.schemaState());
        } else {
          migrator.bootstrap(state);
        }
      }
      case "up" -> migrator.up(state);
      case "finish" -> migrator.finish(state);
      case "reset" -> {
        return migrator.reset(state) ? 0 : 1;
      }
      default ->
          throw new IllegalArgumentException(
              "Expected a subcommand of migrations, but got " + subcommand);
    }
    return 0;
  }

  private int list(SchemaState state, Store store) {
    Console console = call.console();
    if (state.needsBootstrap()) {
      console.info(Migrator.NEEDS_BOOTSTRAP);
      return 3;
    }
    String gap = "";
    if (!state.executed().isEmpty()) {
      console.info("Executed migrations:\n" + block(state.executed()));
      gap = "\n";
    }
    if (state.hasPending()) {
      console.info(gap + "Pending migrations:\n" + block(state.pending()));
      gap = "\n";
    }
    if (state.hasNew()) {
      console.info(gap + "New migrations available:\n" + block(state.fresh()));
    }
    return verdict(state, store);
  }

  private int verdict(SchemaState state, Store store) {
    Console console = call.console();
    if (state.hasPending() && state.hasNew()) {
      console.warn(
          "Database has pending migrations from a previous upgrade, and new migrations from this upgrade (version "
              + call.profile().banner()
              + ")");
      console.info(
          "\n\nRun 'kong migrations finish' when ready to complete pending migrations ("
              + store.kind()
              + " "
              + store.noun()
              + " will be incompatible with the previous Kong version)");
      return 4;
    }
    if (state.hasPending()) {
      console.info("\nRun 'kong migrations finish' when ready");
      return 4;
    }
    if (state.hasNew()) {
      console.info("\nRun 'kong migrations up' to proceed");
      return 5;
    }
    return 0;
  }

  /// One line per subsystem, names flush right.
  static String block(Map<String, List<String>> migrations) {
    int width = migrations.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    migrations.forEach(
        (subsystem, names) ->
            text.append(text.isEmpty() ? "" : "\n")
                .repeat(' ', width - subsystem.length())
                .append(subsystem)
                .append(": ")
                .append(String.join(", ", names)));
    return text.toString();
  }

  @SuppressWarnings("SystemConsoleNull") // NullAway has the null of older JDKs in its model.
  private boolean confirmed() {
    var terminal = System.console();
    if (terminal == null || !terminal.isTerminal()) {
      throw new KongException("not a tty: invoke 'reset' non-interactively with the --yes flag");
    }
    try {
      BufferedReader answers =
          new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      for (int attempt = 0; attempt < 3; attempt++) {
        call.console().prompt("> Are you sure? This operation is irreversible. [Y/n] ");
        String answer = answers.readLine();
        switch (answer == null ? "n" : answer.strip().toLowerCase(Locale.ROOT)) {
          case "y", "yes" -> {
            return true;
          }
          case "n", "no" -> {
            return false;
          }
          default -> {}
        }
      }
      return false;
    } catch (IOException e) {
      throw new KongException("could not read the answer", e);
    }
  }
}
