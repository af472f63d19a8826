package io.changeover.migrator.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.AdminRoot;
import io.changeover.migrator.preflight.SettingChangeChecks;
import io.changeover.migrator.preflight.TemplateChecks;
import io.changeover.migrator.report.Findings;
import io.changeover.worker.kong.KongTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What both sides' settings, and blue's nodes where they run, say of settings that changed.
final class SettingsOnTheWay {

  private SettingsOnTheWay() {}

  /// Asks blue's nodes too.
  static void look(Tools tools, Subject subject, Findings findings) throws InterruptedException {
    look(subject, tools.roots(subject.blue()), findings);
  }

  /// Of a hop whose blue does not run yet.
  static void written(Subject subject, Findings findings) {
    look(subject, Map.of(), findings);
  }

  private static void look(Subject subject, Map<String, AdminRoot> roots, Findings findings) {
    Map<String, JsonNode> running = new TreeMap<>();
    Set<String> inUse = new TreeSet<>();
    roots.forEach(
        (node, root) -> {
          running.put(node, root.configuration());
          inUse.addAll(root.pluginsInUse());
        });
    SettingChangeChecks.look(
        subject.blue().build(),
        subject.green().build(),
        new SettingChangeChecks.Known(
            targets(subject.blue()),
            targets(subject.green()),
            running,
            roots.isEmpty() ? Optional.empty() : Optional.of(inUse)),
        findings);
    TemplateChecks.look(
        subject.blue().release(), subject.green().release(), subject.green().nodes(), findings);
  }

  private static List<KongTarget> targets(Side side) {
    return Stream.concat(
            Stream.of(side.target()), side.nodes().stream().map(node -> side.target(node)))
        .toList();
  }
}
