package io.changeover.migrator.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.worker.kong.KongTarget;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which settings somebody set on one side, and where that is said; never their values.
///
/// @param side `blue` or `green`
/// @param said by the setting's name
/// @param whole whether no other can be set; else a file was not to be read from here
record KnownSettings(String side, SortedMap<String, String> said, boolean whole) {

  KnownSettings {
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
  }

  /// What the inventory and readable files say of a side's commands.
  static KnownSettings of(String side, List<KongTarget> targets) {
    TreeMap<String, String> said = new TreeMap<>();
    boolean whole = true;
    for (KongTarget target : targets) {
      Settings settings = Settings.of(target);
      settings.said().forEach(said::putIfAbsent);
      whole &= settings.fileKnown();
    }
    return new KnownSettings(side, said, whole);
  }

  /// With what a node shows of itself, which is all it runs with: of settings that changed, those
  /// that are not as they are when nobody sets them.
  ///
  /// @param configuration of its `GET /`
  KnownSettings with(String node, JsonNode configuration, List<SettingChange> changes) {
    TreeMap<String, String> all = new TreeMap<>(said);
    for (SettingChange change : changes) {
      String value = text(configuration.path(change.name()));
      if (!change.many() && !value.isEmpty() && !value.equals(change.usual())) {
        all.putIfAbsent(change.name(), "configuration in `GET /` of node " + node);
      }
    }
    return new KnownSettings(side, all, true);
  }

  private static String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isEmpty() ? "" : value.toString();
    }
    return value.isNull() ? "" : value.asText();
  }

  /// The settings that a change is about.
  List<String> of(SettingChange change) {
    return said.keySet().stream().filter(change::about).toList();
  }

  /// Whether any of these is set; one that ends with `*` stands for all that begin so.
  boolean any(List<String> names) {
    return names.stream()
        .anyMatch(name -> said.keySet().stream().anyMatch(one -> SettingChange.covers(name, one)));
  }
}
