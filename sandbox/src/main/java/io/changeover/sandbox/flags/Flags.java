package io.changeover.sandbox.flags;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A command line of `--name value` pairs; a name may come several times. Also sets the log level
/// of such programs.
public final class Flags {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Flags() {}

  /// Reads `args`; names outside `known` are refused.
  ///
  /// @throws IllegalArgumentException naming the flag and the known ones
  public static Flags parse(String[] args, List<String> known) {
    quietLogs();
    Flags flags = new Flags();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (!known.contains(name) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "Expected pairs of --NAME VALUE with NAME one of "
                + String.join(", ", known)
                + ", but got: "
                + args[i]);
      }
      flags.values.computeIfAbsent(name, any -> new ArrayList<>()).add(args[i + 1]);
    }
    return flags;
  }

  /// Logback's own default is DEBUG, and a class path without it is fine. Must run before the first
  /// logger is made.
  public static void quietLogs() {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/changeover/sandbox/embedded/logback.xml");
    }
  }

  /// Whether the flag was given.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// The flag's last value.
  ///
  /// @throws IllegalArgumentException if it was not given
  public String text(String name) {
    List<String> given = all(name);
    if (given.isEmpty()) {
      throw new IllegalArgumentException("Expected --" + name + " VALUE, but it is missing");
    }
    return given.getLast();
  }

  /// The flag's last value, or `absent`.
  public String text(String name, String absent) {
    return has(name) ? text(name) : absent;
  }

  /// All values of the flag.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// The flag as a whole number, or `absent`.
  public int number(String name, int absent) {
    return has(name) ? Integer.parseInt(text(name)) : absent;
  }

  /// The flag as a fraction, or `absent`.
  public double fraction(String name, double absent) {
    return has(name) ? Double.parseDouble(text(name)) : absent;
  }

  /// The flag as seconds, or `absent`.
  public Duration seconds(String name, Duration absent) {
    return has(name) ? Duration.ofSeconds(Long.parseLong(text(name))) : absent;
  }

  /// The flag as HOST:PORT.
  public InetSocketAddress address(String name) {
    return parseAddress(name, text(name));
  }

  /// The flag as HOST:PORT, or `absent`.
  public InetSocketAddress address(String name, String absent) {
    return parseAddress(name, text(name, absent));
  }

  /// Reads HOST:PORT.
  ///
  /// @throws IllegalArgumentException naming `name` and what came
  public static InetSocketAddress parseAddress(String name, String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("Expected HOST:PORT for " + name + ", but got: " + text);
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
