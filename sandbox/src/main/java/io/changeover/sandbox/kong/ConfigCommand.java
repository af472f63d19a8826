package io.changeover.sandbox.kong;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `kong config db_export|db_import|parse|init`.
final class ConfigCommand {
  static final Arguments.Grammar GRAMMAR =
      new Arguments.Grammar(
          Map.of("c", "conf", "p", "prefix"),
          Set.of("v", "vv", "help"),
          Set.of("conf", "prefix"),
          Set.of());
  static final Set<String> SUBCOMMANDS = Set.of("db_export", "db_import", "parse", "init");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String EXAMPLE =
      """
      # An example for the stand-in Kong.
      _format_version: "2.1"
      _transform: true

      services:
      - name: example-service
        url: http://127.0.0.1:8080
        routes:
        - name: example-route
          paths:
          - /example
      """;

  private final Call call;

  ConfigCommand(Call call) {
    this.call = call;
  }

  int run(String subcommand) {
    KongSettings settings = settings();
    switch (subcommand) {
      case "init" -> init();
      case "db_export" -> export(settings);
      case "parse" -> {
        parse(settings);
        call.console().info("parse successful");
      }
      case "db_import" -> load(settings);
      default ->
          throw new IllegalArgumentException(
              "Expected a subcommand of config, but got " + subcommand);
    }
    return 0;
  }

  /// The trap, as observed: what `-c` says is thrown away when the prefix holds the settings of a
  /// node.
  private KongSettings settings() {
    KongSettings asked = call.settings();
    return Files.exists(asked.kongEnv())
        ? KongSettings.fromKongEnv(call.profile(), asked.kongEnv(), call.environment())
        : asked;
  }

  private Path fileOr(String usual) {
    Path file = call.file(1);
    return file == null ? Path.of(usual).toAbsolutePath().normalize() : file;
  }

  private void init() {
    Path file = fileOr("kong.yml");
    if (Files.exists(file)) {
      throw new KongException(file + " already exists.\nWill not overwrite it.");
    }
    try {
      Files.writeString(file, EXAMPLE);
    } catch (IOException e) {
      throw new KongException("could not write " + file, e);
    }
  }

  private void export(KongSettings settings) {
    if (settings.database().equals("off")) {
      throw new KongException("'kong config db_export' only works with a database.");
    }
    Path file = fileOr("kong.yml");
    if (Files.exists(file)) {
      throw new KongException(file + " already exists. Will not overwrite it.");
    }
    try (BufferedWriter out = open(file)) {
      if (out == null) {
        return;
      }
      try (Store store = Store.open(call.profile(), settings, TIMEOUT)) {
        store.requireSchema();
        new DeclarativeExport(call.profile(), settings, store.entities()).write(out);
      } catch (StoreException e) {
        throw midway(settings.database(), e);
      }
    } catch (IOException e) {
      throw new KongException("could not write " + file + ": " + e.getMessage(), e);
    }
  }

  /// As observed: a file that cannot be opened is passed over in silence.
  private static @Nullable BufferedWriter open(Path file) {
    try {
      return Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      return null;
    }
  }

  private KongException midway(String database, StoreException e) {
    if (e.words().startsWith("[")) {
      return e;
    }
    String words = "[" + database + "] " + e.words();
    call.console().error("0#0: *2 [kong] init.lua:388 " + words + ", context: ngx.timer");
    return new KongException(words, e);
  }

  /// As observed, a keyspace must be there before a file is even read; a PostgreSQL database need
  /// not be.
  private DeclarativeFile parse(KongSettings settings) {
    if (settings.database().equals("cassandra")) {
      try (Store store = Store.open(call.profile(), settings, TIMEOUT)) {
        store.requireSchema();
      }
    }
    Path file = call.file(1);
    if (file == null) {
      throw new KongException(
          "expected a declarative configuration file; see `kong config --help`");
    }
    return DeclarativeFile.parse(file, call.profile(), settings.plugins());
  }

  private void load(KongSettings settings) {
    if (settings.database().equals("off")) {
      throw new KongException(
          """
          'kong config db_import' only works with a database.
          When using database=off, reload your declarative configuration
          using the /config endpoint.""");
    }
    DeclarativeFile file = parse(settings);
    call.console().info("parse successful, beginning import");
    try (Store store = Store.open(call.profile(), settings, TIMEOUT)) {
      new DeclarativeImport(call.profile(), store.entities()).load(file);
    } catch (StoreException e) {
      throw e.words().startsWith("[")
          ? e
          : new KongException("Failed importing:\n[" + settings.database() + "] " + e.words(), e);
    }
    call.console().info("import successful");
  }
}
