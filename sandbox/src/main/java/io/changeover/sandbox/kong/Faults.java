package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The faults that a test or a demo asks for, from the environment variable `CHANGEOVER_FAULTS`: a
/// comma list of `name` or `name=value`, such as `slow-up=5s,errors=0.2`.
///
/// | name | who | what |
/// |---|---|---|
/// | `slow-up=5s` | `up` | the first new migration takes that much longer, inside its transaction |
/// | `fail-up`, `fail-finish` | `up`, `finish` | the first migration fails |
/// | `crash-after-ddl` | `up` | the process dies between a migration's commit and its record |
/// | `lock-expires` | `up`, `finish` | the lock is lost as soon as it is taken |
/// | `hold-lock=5s` | `up`, `finish`, `bootstrap` | the lock is held that long before the work begins |
/// | `refuse-start` | `start` | the node does not come up |
/// | `errors=0.2`, `slow=200ms` | node | a share of requests fails, or takes longer |
///
/// `fail-up=once` (also `fail-finish`, `crash-after-ddl`, `refuse-start`) strikes once per prefix
/// and leaves a mark in `<prefix>/faults`.
public final class Faults {
  private final Map<String, String> asked;

  private Faults(Map<String, String> asked) {
    this.asked = asked;
  }

  public static Faults of(Map<String, String> environment) {
    return parse(environment.getOrDefault("CHANGEOVER_FAULTS", ""));
  }

  public static Faults parse(String text) {
    Map<String, String> asked = new HashMap<>();
    for (String item : text.split(",", -1)) {
      int equals = item.indexOf('=');
      String name = equals < 0 ? item.strip() : item.substring(0, equals).strip();
      if (!name.isEmpty()) {
        asked.put(name, equals < 0 ? "" : item.substring(equals + 1).strip());
      }
    }
    return new Faults(asked);
  }

  public boolean has(String name) {
    return asked.containsKey(name);
  }

  public @Nullable String text(String name) {
    return asked.get(name);
  }

  /// A share between 0 and 1; 0 when it was not asked for.
  public double share(String name) {
    String text = asked.get(name);
    return text == null || text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  /// `200ms`, `5s` or `1m`; zero when it was not asked for.
  ///
  /// @throws IllegalArgumentException when the text is no such duration
  public Duration duration(String name) {
    String text = asked.getOrDefault(name, "");
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    if (!text.matches("\\d{1,9}(ms|s|m)")) {
      throw new IllegalArgumentException(
          "Expected a duration such as 200ms, 5s or 1m for the fault "
              + name
              + ", but got '"
              + text
              + "'");
    }
    long amount = Long.parseLong(text.replaceAll("\\D", ""));
    return switch (text.replaceAll("\\d", "")) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  /// Whether the fault strikes now; one that was asked for `once` strikes when its mark is not
  /// there yet.
  boolean strikes(String name, Path prefix) {
    if (!has(name) || !"once".equals(asked.get(name))) {
      return has(name);
    }
    Path mark = prefix.resolve("faults").resolve(name);
    try {
      Files.createDirectories(mark.getParent());
      Files.createFile(mark);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
