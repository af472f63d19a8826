package io.changeover.sandbox.kong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lays a tree of problems out as Kong does: `in 'field': message`, `- in entry N of 'list':`, two
/// spaces deeper at each level.
final class Problems {
  private Problems() {}

  static String text(Map<String, Object> problems) {
    List<String> lines = new ArrayList<>();
    children(problems, "", "", lines);
    return String.join("\n", lines);
  }

  private static void children(Object tree, String parent, String indent, List<String> lines) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> child(String.valueOf(key), value, parent, indent, lines));
    } else if (tree instanceof List<?> list) {
      for (int at = 0; at < list.size(); at++) {
        child(Integer.toString(at + 1), list.get(at), parent, indent, lines);
      }
    }
  }

  private static void child(
      String key, Object value, String parent, String indent, List<String> lines) {
    boolean entry = key.matches("\\d+");
    String head = entry ? "- in entry " + key + " of '" + parent + "':" : "in '" + key + "':";
    if (value instanceof Map || value instanceof List) {
      lines.add(indent + head);
      children(value, entry ? parent : key, indent + "  ", lines);
    } else {
      lines.add(indent + head + " " + value);
    }
  }
}
