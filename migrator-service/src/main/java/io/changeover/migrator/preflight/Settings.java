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
import java.util.SortedMap;
import java.util.TreeMap;

/// What a `kong` command will take its settings to be, as far as it shows from here: environment
/// over file over default, Kong's own order. A file on another machine can't be read, which leaves
/// what it may say unknown.
public final class Settings {

  private static final String PREFIX = "KONG_";
  private static final List<String> PLACES = List.of("/etc/kong/kong.conf", "/etc/kong.conf");

  private final Map<String, Secret> environment;
  private final Map<String, String> file;
  private final String place;
  private final boolean fileKnown;

  private Settings(
      Map<String, Secret> environment, Map<String, String> file, String place, boolean fileKnown) {
    this.environment = environment;
    this.file = file;
    this.place = place;
    this.fileKnown = fileKnown;
  }

  public static Settings of(KongTarget target) {
    if (Reach.of(target.command()) != Reach.LOCAL) {
      return new Settings(target.environment(), Map.of(), "", false);
    }
    Optional<Path> path =
        target
            .conf()
            .map(Path::of)
            .or(() -> PLACES.stream().map(Path::of).filter(Files::exists).findFirst());
    if (path.isEmpty()) {
      return new Settings(target.environment(), Map.of(), "", true);
    }
    try {
      return new Settings(
          target.environment(),
          parse(Files.readAllLines(path.orElseThrow())),
          path.orElseThrow().toString(),
          true);
    } catch (IOException unreadable) {
      return new Settings(target.environment(), Map.of(), "", false);
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
    Secret own = environment.get(PREFIX + name.toUpperCase(Locale.ROOT));
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

  /// Whether nothing else can be set: a file was read, or there is none.
  boolean fileKnown() {
    return fileKnown;
  }

  /// Where each setting that is set is set, by its name.
  SortedMap<String, String> said() {
    TreeMap<String, String> said = new TreeMap<>();
    file.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            said.put(name, place);
          }
        });
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !value.equals(Secret.EMPTY)) {
            said.put(
                name.substring(PREFIX.length()).toLowerCase(Locale.ROOT),
                name + " in the inventory");
          }
        });
    return said;
  }
}
