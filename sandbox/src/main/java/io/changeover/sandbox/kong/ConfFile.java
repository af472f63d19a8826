package io.changeover.sandbox.kong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The format of `kong.conf` and of `.kong_env`: `name = value` a line, `#` starts a comment.
final class ConfFile {
  private ConfFile() {}

  /// The settings of a file.
  ///
  /// @throws KongException in Kong's words when there is no such file
  static Map<String, String> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new KongException("no file at: " + file, e);
    }
  }

  static Map<String, String> parse(String text) {
    TreeMap<String, String> settings = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String bare = withoutComment(line).strip();
      int equals = bare.indexOf('=');
      if (equals > 0) {
        settings.put(bare.substring(0, equals).strip(), bare.substring(equals + 1).strip());
      }
    }
    return settings;
  }

  /// Every setting a line, sorted; read back by [#parse], a `#` in a value written as `\#`.
  static String format(Map<String, String> settings) {
    StringBuilder text = new StringBuilder("# Written by the stand-in Kong; do not edit.\n");
    new TreeMap<>(settings)
        .forEach(
            (name, value) ->
                text.append(name).append(" = ").append(value.replace("#", "\\#")).append('\n'));
    return text.toString();
  }

  private static String withoutComment(String line) {
    StringBuilder kept = new StringBuilder();
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length() && line.charAt(at + 1) == '#') {
        kept.append('#');
        at++;
      } else if (c == '#') {
        break;
      } else {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
