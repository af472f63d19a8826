package io.changeover.migrator.preflight;

import io.changeover.migrator.observe.Since;
import java.util.List;
import java.util.Set;

/// What happened to one of Kong's settings on the way.
///
/// @param name the setting as it stands in `kong.conf`; one that ends with `*` is all that begin so
/// @param concerns whom it can matter to at all: who is all of these; empty where it is everybody
/// @param usual what a node's `GET /` shows when nobody set it; empty where it shows nothing
/// @param what in words that go on after the setting's name
/// @param instead settings that took its place, or that do the same; empty where there is none
/// @param source where it is said, or was seen
record SettingChange(
    Kind kind,
    String name,
    Since since,
    Set<Concerns> concerns,
    String usual,
    String what,
    List<String> instead,
    String source) {

  private static final String ALL = "*";

  /// How it changed, and so when it matters.
  enum Kind {
    /// Who sets it loses what it did.
    REMOVED("removed"),
    /// Who sets it should set another one.
    RENAMED("renamed"),
    /// Who sets it gets something else.
    MEANING("meaning"),
    /// Who does not set it gets something else.
    DEFAULT("default"),
    /// Everybody gets something else.
    EFFECT("effect");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// Whom a change can matter to.
  enum Concerns {
    /// Clusters that have Lua in the configuration of plugins.
    LUA,
    /// Clusters whose green is open source.
    COMMUNITY,
    /// Clusters whose green is Kong Enterprise.
    ENTERPRISE
  }

  SettingChange {
    concerns = Set.copyOf(concerns);
    instead = List.copyOf(instead);
  }

  /// Whether it stands for many settings.
  boolean many() {
    return name.endsWith(ALL);
  }

  /// Whether it is about this setting.
  boolean about(String setting) {
    return covers(name, setting);
  }

  /// Whether a name, or all that begin with it where it ends with `*`, is this setting.
  static boolean covers(String name, String setting) {
    return name.endsWith(ALL)
        ? setting.startsWith(name.substring(0, name.length() - ALL.length()))
        : setting.equals(name);
  }
}
