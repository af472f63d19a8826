package io.changeover.worker.kong;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All arguments that a service of the suite ever hands to `kong`. There is none that forces and
/// none that resets: no value of any type here leads to them.
public final class KongArguments {

  /// What `kong migrations` may be asked for.
  public enum Verb {
    UP("up"),
    FINISH("finish"),
    BOOTSTRAP("bootstrap");

    private final String word;

    Verb(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// How long Kong itself waits.
  ///
  /// @param database for one statement
  /// @param lock for its cluster lock, which is also the time that lock lives. Kong never renews
  ///   it: a migration that takes longer is alone no more
  public record Timeouts(Duration database, Duration lock) {}

  private KongArguments() {}

  public static List<String> version() {
    return List.of("version");
  }

  public static List<String> list(Optional<String> conf, Duration database) {
    return migrations("list", conf, List.of("--db-timeout", seconds(database)));
  }

  public static List<String> migrate(Verb verb, Optional<String> conf, Timeouts timeouts) {
    return migrations(
        verb.word(),
        conf,
        List.of(
            "--db-timeout",
            seconds(timeouts.database()),
            "--lock-timeout",
            seconds(timeouts.lock())));
  }

  public static List<String> start(Optional<String> conf, Optional<String> prefix) {
    return node("start", conf, prefix, List.of());
  }

  /// `kong quit`.
  ///
  /// @param timeout how long busy connections may take; Kong ends the rest by force
  public static List<String> quit(Optional<String> prefix, Duration timeout) {
    return node("quit", Optional.empty(), prefix, List.of("--timeout", seconds(timeout)));
  }

  public static List<String> stop(Optional<String> prefix) {
    return node("stop", Optional.empty(), prefix, List.of());
  }

  public static List<String> health(Optional<String> prefix) {
    return node("health", Optional.empty(), prefix, List.of());
  }

  /// `kong config parse`: reads a file and changes nothing.
  public static List<String> configParse(Optional<String> conf, String file) {
    return config("parse", conf, file);
  }

  /// `kong config db_import`. There is no transaction, and it has no flag for timeouts.
  public static List<String> configImport(Optional<String> conf, String file) {
    return config("db_import", conf, file);
  }

  /// `kong config db_export` into a file that must not be there yet.
  public static List<String> configExport(Optional<String> conf, String file) {
    return config("db_export", conf, file);
  }

  private static List<String> config(String verb, Optional<String> conf, String file) {
    ArrayList<String> words = new ArrayList<>(List.of("config", verb, file));
    conf.ifPresent(path -> words.addAll(List.of("--conf", path)));
    return List.copyOf(words);
  }

  private static List<String> migrations(String verb, Optional<String> conf, List<String> more) {
    ArrayList<String> words = new ArrayList<>(List.of("migrations", verb));
    conf.ifPresent(file -> words.addAll(List.of("--conf", file)));
    words.addAll(more);
    return List.copyOf(words);
  }

  private static List<String> node(
      String verb, Optional<String> conf, Optional<String> prefix, List<String> more) {
    ArrayList<String> words = new ArrayList<>(List.of(verb));
    conf.ifPresent(file -> words.addAll(List.of("--conf", file)));
    prefix.ifPresent(folder -> words.addAll(List.of("--prefix", folder)));
    words.addAll(more);
    return List.copyOf(words);
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
