package io.changeover.sandbox.kong;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of a command: which Kong it plays, with what, and where it speaks.
record Call(
    Profile profile, Map<String, String> environment, Arguments arguments, Console console) {
  /// The settings of a command with `-c` and, where it has it, `-p`.
  ///
  /// @throws KongException in Kong's words
  KongSettings settings() {
    Map<String, String> forced = new HashMap<>();
    String prefix = arguments.text("prefix");
    if (prefix != null) {
      forced.put("prefix", prefix);
    }
    console.verbose("Kong: " + profile.banner());
    String conf = arguments.text("conf");
    if (conf == null) {
      console.verbose("no config file, skip loading");
    } else {
      console.debug("reading config file at " + conf);
    }
    KongSettings settings =
        KongSettings.resolve(profile, conf == null ? null : path(conf), environment, forced);
    console.verbose("prefix in use: " + settings.prefix());
    return settings;
  }

  /// How long the database may take: `--db-timeout`.
  Duration databaseTimeout() {
    return seconds("db-timeout");
  }

  /// How long the lock holds and is waited for: `--lock-timeout`.
  Duration lockTimeout() {
    return seconds("lock-timeout");
  }

  private Duration seconds(String option) {
    return Duration.ofMillis(Math.round(arguments.number(option, 60) * 1000));
  }

  /// A path as the caller wrote it, from the caller's folder.
  static Path path(String text) {
    return Path.of(text);
  }

  /// The argument at a position as an absolute path, or null.
  @Nullable Path file(int position) {
    String word = arguments.word(position);
    return word == null ? null : Path.of(word).toAbsolutePath().normalize();
  }

  Faults faults() {
    return Faults.of(environment);
  }
}
