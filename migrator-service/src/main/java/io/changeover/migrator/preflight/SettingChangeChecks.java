package io.changeover.migrator.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.inventory.Edition;
import io.changeover.migrator.observe.Build;
import io.changeover.migrator.preflight.SettingChange.Concerns;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Does anybody set, or leave unset, what changed from blue's version to green's? Names and places
/// only: values may be secret.
public final class SettingChangeChecks {

  /// The last one is Enterprise's.
  private static final Set<String> LUA_PLUGINS =
      Set.of("pre-function", "post-function", "exit-transformer");

  private final Build from;
  private final Build to;
  private final List<SettingChange> changes;
  private final KnownSettings blue;
  private final KnownSettings green;
  private final Findings findings;

  /// What is known of both sides.
  ///
  /// @param blue its commands, the whole cluster's and each node's
  /// @param green likewise
  /// @param running `configuration` of the `GET /` of blue's nodes that answered, by node
  /// @param pluginsInUse of these nodes' cluster; empty where none answered
  public record Known(
      List<KongTarget> blue,
      List<KongTarget> green,
      Map<String, JsonNode> running,
      Optional<Set<String>> pluginsInUse) {

    private boolean lua() {
      return pluginsInUse.isEmpty()
          || !Collections.disjoint(pluginsInUse.orElseThrow(), LUA_PLUGINS);
    }
  }

  private SettingChangeChecks(Build from, Build to, Known known, Findings findings) {
    this.from = from;
    this.to = to;
    this.findings = findings;
    this.changes =
        SettingChanges.ALL.stream()
            .filter(change -> change.since().between(from, to))
            .filter(change -> change.concerns().stream().allMatch(whom -> is(whom, known)))
            .toList();
    this.green = KnownSettings.of("green", known.green());
    KnownSettings said = KnownSettings.of("blue", known.blue());
    for (Map.Entry<String, JsonNode> node : known.running().entrySet()) {
      said = said.with(node.getKey(), node.getValue(), changes);
    }
    this.blue = said;
  }

  private boolean is(Concerns whom, Known known) {
    return switch (whom) {
      case LUA -> known.lua();
      case COMMUNITY -> to.edition().equals(Optional.of(Edition.COMMUNITY));
      case ENTERPRISE -> to.edition().equals(Optional.of(Edition.ENTERPRISE));
    };
  }

  /// Looks, and says what could not be seen.
  public static void look(Build from, Build to, Known known, Findings findings) {
    new SettingChangeChecks(from, to, known, findings).look();
  }

  private void look() {
    if (changes.isEmpty()) {
      return;
    }
    int before = findings.all().size();
    names().forEach(this::named);
    for (SettingChange change : changes) {
      switch (change.kind()) {
        case REMOVED, RENAMED, MEANING -> {}
        case DEFAULT -> unset(change);
        case EFFECT -> found(change, change.name(), "whoever sets it or not");
      }
    }
    unseen();
    if (findings.all().size() == before) {
      findings.fact(
          "setting.none",
          "no setting is in use that changed from " + from + " to " + to,
          "looked for " + changes.stream().map(SettingChange::name).distinct().toList());
    }
  }

  /// The newest change of each setting that somebody sets.
  private SortedMap<String, SettingChange> names() {
    SortedMap<String, SettingChange> newest = new TreeMap<>();
    for (SettingChange change : changes) {
      switch (change.kind()) {
        case REMOVED, RENAMED -> {
          blue.of(change).forEach(name -> newest.put(name, change));
          green.of(change).forEach(name -> newest.put(name, change));
        }
        case MEANING -> green.of(change).forEach(name -> newest.put(name, change));
        case DEFAULT, EFFECT -> {}
      }
    }
    return newest;
  }

  /// Green has it, or blue had it and green has nothing in its place.
  private void named(String name, SettingChange change) {
    if (green.said().containsKey(name)) {
      found(change, name, "green sets it: " + green.said().get(name));
    } else if (!green.any(change.instead())) {
      found(change, name, "blue sets it: " + blue.said().get(name) + "; green nothing instead");
    }
  }

  private void unset(SettingChange change) {
    if (green.of(change).isEmpty() && !green.any(change.instead())) {
      found(change, change.name(), "green does not set it");
    }
  }

  private void found(SettingChange change, String name, String evidence) {
    findings.warning(
        "setting." + change.kind().word(),
        name + " " + change.what() + ", since " + change.since(),
        evidence + " (" + change.source() + ")",
        remedy(change, name));
  }

  private static String remedy(SettingChange change, String name) {
    String instead = String.join(" and ", change.instead());
    return switch (change.kind()) {
      case REMOVED, RENAMED ->
          change.instead().isEmpty()
              ? "take it out of green's settings, and see by a test that nothing is missed"
              : "set " + instead + " for green in its place";
      case MEANING -> "see that its value means the same to green";
      case DEFAULT -> "set " + name + " for green, where the old way was needed";
      case EFFECT -> "see that green's machines and settings allow for it";
    };
  }

  private void unseen() {
    List<String> where = new ArrayList<>();
    for (KnownSettings side : List.of(blue, green)) {
      if (!side.whole()) {
        where.add(side.side());
      }
    }
    if (!where.isEmpty()) {
      findings.warning(
          "setting.unseen",
          "settings of " + String.join(" and ", where) + " can't all be read from here",
          "the configuration file is on another machine, or not to be read; these changed from "
              + from
              + " to "
              + to
              + ": "
              + changes.stream().map(SettingChange::name).distinct().toList(),
          "look for these names in the file, or name the settings in the inventory");
    }
  }
}
