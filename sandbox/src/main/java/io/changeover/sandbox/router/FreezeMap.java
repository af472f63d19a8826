package io.changeover.sandbox.router;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The map of frozen backends, and the rule that reads it: writes to a frozen backend are denied,
/// GET and HEAD pass. A real HAProxy has the same as a `http-request deny` rule.
final class FreezeMap {

  /// What the map is called.
  static final String FILE = "changeover-freeze.map";

  private final Map<String, String> words = new ConcurrentHashMap<>();

  /// Whether a request to a backend is denied.
  boolean denies(String backend, String method) {
    return !method.equals("GET") && !method.equals("HEAD") && "frozen".equals(words.get(backend));
  }

  /// The list of maps, with HAProxy's words.
  String list() {
    return """
    # id (file) description
    1 (%s) pattern loaded from file '%s' used by map. curr_ver=0 next_ver=0 entry_cnt=%d
    """
        .formatted(FILE, FILE, words.size());
  }

  /// The entries, with HAProxy's words.
  String entries() {
    StringBuilder text = new StringBuilder();
    words.forEach(
        (key, word) -> text.append("0x1 ").append(key).append(' ').append(word).append('\n'));
    return text.toString();
  }

  /// Adds an entry.
  void add(String key, String word) {
    words.put(key, word);
  }

  /// Changes an entry.
  ///
  /// @return whether there is one
  boolean set(String key, String word) {
    return words.replace(key, word) != null;
  }

  /// Forgets all entries.
  void clear() {
    words.clear();
  }
}
