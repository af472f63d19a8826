package io.changeover.migrator.preflight;

import io.changeover.inventory.Secret;
import io.changeover.worker.kong.KongTarget;
import io.changeover.worker.kong.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a `kong` command will take its settings to be, as far as it shows from here: environment
/// over file over default, Kong's own order. A file on another machine can't be read, which leaves
/// what it may say unknown.
public final class Settings {

  private static final List<String> PLACES = List.of("/etc/kong/kong.conf", "/etc/kong.conf");

  private final Map<String, Secret> environment;
  private final Map<String, String> file;
  private final boolean fileKnown;

  private Settings(Map<String, Secret> environment, Map<String, String> file, boolean fileKnown) {
    this.environment = environment;
    this.file = file;
    this.fileKnown = fileKnown;
  }

  public static Settings of(KongTarget target) {
    if (Reach.of(target.command()) != Reach.LOCAL) {
      return new Settings(target.environment(), Map.of(), false);
    }
    Optional<Path> path =
        target
            .conf()
            .map(Path::of)
            .or(() -> PLACES.stream().map(Path::of).filter(Files::exists).findFirst());
    if (path.isEmpty()) {
      return new Settings(target.environment(), Map.of(), true);
    }
    try {
      return new Settings(
          target.environment(), parse(Files.readAllLines(path.orElseThrow())), true);
    } catch (IOException unreadable) {
      return new Settings(target.environment(), Map.of(), false);
    }
  }

  /// `name = value`, `#` begins a comment.
  static Map<String, String> parse(List<String> lines) {
    TreeMap<String, String> found = new TreeMap<>();
    for (String line : lines) {
      String bare = line.replaceFirst("(^|\\s)#.*$", "").strip();
      int equals = bare.indexOf('=');
      if (equals > 0) {
        found.put(bare.substring(0, equals).strip(), bare.substring(equals + 1).strip());
      }
    }
    return found;
  }

  /// One setting.
  ///
  /// @param standard what Kong takes when nobody says anything
  /// @return empty when it can't be known from here
  public Optional<String> value(String name, String standard) {
    Secret own = environment.get("KONG_" + name.toUpperCase(Locale.ROOT));
    String said = own == null ? "" : own.resolve();
    if (!said.isEmpty()) {
      return Optional.of(said);
    }
    String written = file.getOrDefault(name, "");
    if (!written.isEmpty()) {
      return Optional.of(written);
    }
    return fileKnown ? Optional.of(standard) : Optional.empty();
  }
}
