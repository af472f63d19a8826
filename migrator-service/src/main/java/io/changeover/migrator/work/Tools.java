package io.changeover.migrator.work;

import io.changeover.inventory.Node;
import io.changeover.migrator.MigratorSettings;
import io.changeover.migrator.act.HttpReader;
import io.changeover.migrator.act.NodeProbe;
import io.changeover.migrator.act.SchemaProbe;
import io.changeover.migrator.observe.AdminRoot;
import io.changeover.migrator.observe.DataPlaneList;
import io.changeover.migrator.observe.Json;
import io.changeover.migrator.observe.NodeState;
import io.changeover.migrator.observe.Reading;
import io.changeover.migrator.observe.SchemaObservation;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The probes, with this service's limits.
@Singleton
final class Tools {

  private final MigratorSettings settings;
  private final SchemaProbe schema;
  private final HttpReader http;
  private final NodeProbe nodes;

  Tools(MigratorSettings settings) {
    this.settings = settings;
    this.schema = new SchemaProbe(settings.reading());
    this.http = new HttpReader(settings.http());
    this.nodes = new NodeProbe(http, settings.reading());
  }

  MigratorSettings settings() {
    return settings;
  }

  SchemaProbe schema() {
    return schema;
  }

  /// The schema as green sees it.
  SchemaObservation green(Subject subject) {
    return schema.look(subject.migrating(subject.green()), subject.greenStore());
  }

  /// The schema as blue sees it.
  SchemaObservation blue(Subject subject) {
    return schema.look(subject.migrating(subject.blue()), subject.blueStore());
  }

  /// Names of the plugins that any node of the side says it can run.
  Set<String> pluginsOn(Side side) throws InterruptedException {
    TreeSet<String> names = new TreeSet<>();
    roots(side).values().forEach(root -> names.addAll(root.plugins()));
    return names;
  }

  /// What the Admin API's `/` says, of those nodes of a side that answer, by name.
  SortedMap<String, AdminRoot> roots(Side side) throws InterruptedException {
    TreeMap<String, AdminRoot> roots = new TreeMap<>();
    for (Node node : side.nodes()) {
      AdminRoot.of(http.get(node.admin(), "/", Map.of()))
          .ifPresent(root -> roots.put(node.name(), root));
    }
    return roots;
  }

  /// Names that the Admin API's `/plugins/enabled` lists; empty where it does not answer so.
  Optional<Set<String>> enabledPlugins(Node node) throws InterruptedException {
    if (http.get(node.admin(), "/plugins/enabled", Map.of())
            instanceof Reading.Answered(int code, _, String body)
        && code == 200
        && Json.read(body).path("enabled_plugins").isArray()) {
      TreeSet<String> names = new TreeSet<>();
      Json.read(body).path("enabled_plugins").forEach(name -> names.add(name.asText()));
      return Optional.of(names);
    }
    return Optional.empty();
  }

  /// The data planes that a control plane lists; empty where it does not tell.
  Optional<DataPlaneList> dataPlanes(Node node) throws InterruptedException {
    return DataPlaneList.of(http.get(node.admin(), "/clustering/status", Map.of()));
  }

  /// One node as it is now.
  NodeState node(Subject subject, Side side, Node node) throws InterruptedException {
    return nodes.look(node, side.target(node), subject.probe()).state(side.expected(node, subject));
  }
}
