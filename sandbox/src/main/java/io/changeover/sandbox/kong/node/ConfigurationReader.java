package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.kong.Entities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the whole configuration out of the database.
final class ConfigurationReader {

  private static final int DEFAULT_TARGET_PORT = 8000;

  private ConfigurationReader() {}

  static Configuration read(Entities entities) {
    Map<String, Service> services = services(entities);
    return new Configuration(
        new RouteTable(routes(entities, services)),
        new PluginIndex(plugins(entities)),
        keys(entities, consumers(entities)),
        targets(entities));
  }

  private static Map<String, Service> services(Entities entities) {
    Map<String, Service> services = new HashMap<>();
    for (Map<String, @Nullable Object> row : entities.all("services")) {
      String id = Rows.text(row, "id");
      services.put(
          id,
          new Service(
              id,
              Rows.text(row, "host"),
              Rows.number(row, "port", 80),
              Rows.text(row, "path"),
              Rows.number(row, "retries", 5),
              Duration.ofMillis(Rows.number(row, "connect_timeout", 60_000)),
              Duration.ofMillis(Rows.number(row, "read_timeout", 60_000))));
    }
    return services;
  }

  private static List<Route> routes(Entities entities, Map<String, Service> services) {
    List<Route> routes = new ArrayList<>();
    for (Map<String, @Nullable Object> row : entities.all("routes")) {
      String service = Rows.foreign(row, "service");
      routes.add(
          new Route(
              Rows.text(row, "id"),
              service == null ? null : services.get(service),
              Rows.strings(row, "hosts"),
              Rows.strings(row, "methods"),
              paths(row),
              headers(row),
              Rows.flag(row, "strip_path", true),
              Rows.flag(row, "preserve_host", false),
              Rows.number(row, "regex_priority", 0),
              (long) Rows.decimal(row, "created_at")));
    }
    return routes;
  }

  private static List<Route.PathRule> paths(Map<String, @Nullable Object> row) {
    return Rows.strings(row, "paths").stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .map(Route.PathRule::of)
        .toList();
  }

  private static Map<String, List<String>> headers(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> rules = Rows.map(row, "headers");
    Map<String, List<String>> headers = new HashMap<>();
    rules.keySet().forEach(name -> headers.put(name, Rows.strings(rules, name)));
    return headers;
  }

  private static List<PluginRow> plugins(Entities entities) {
    List<PluginRow> plugins = new ArrayList<>();
    Set<String> unfindable = entities.unfindable("plugins");
    for (Map<String, @Nullable Object> row : entities.all("plugins")) {
      if (Rows.flag(row, "enabled", true) && !unfindable.contains(Rows.text(row, "id"))) {
        PluginRow.Scope scope =
            new PluginRow.Scope(
                Rows.foreign(row, "route"),
                Rows.foreign(row, "service"),
                Rows.foreign(row, "consumer"));
        plugins.add(
            new PluginRow(
                Rows.text(row, "id"), Rows.text(row, "name"), scope, Rows.map(row, "config")));
      }
    }
    return plugins;
  }

  private static Map<String, Consumer> consumers(Entities entities) {
    Map<String, Set<String>> groups = new HashMap<>();
    for (Map<String, @Nullable Object> row : entities.all("acls")) {
      String consumer = Rows.foreign(row, "consumer");
      if (consumer != null) {
        groups.computeIfAbsent(consumer, any -> new HashSet<>()).add(Rows.text(row, "group"));
      }
    }
    Map<String, Consumer> consumers = new HashMap<>();
    for (Map<String, @Nullable Object> row : entities.all("consumers")) {
      String id = Rows.text(row, "id");
      consumers.put(
          id,
          new Consumer(
              id,
              Rows.text(row, "username"),
              Rows.text(row, "custom_id"),
              groups.getOrDefault(id, Set.of())));
    }
    return consumers;
  }

  private static Map<String, Credential> keys(Entities entities, Map<String, Consumer> consumers) {
    Map<String, Credential> keys = new HashMap<>();
    Set<String> unfindable = entities.unfindable("keyauth_credentials");
    for (Map<String, @Nullable Object> row : entities.all("keyauth_credentials")) {
      Consumer consumer = consumers.get(Rows.foreign(row, "consumer"));
      if (consumer != null && !unfindable.contains(Rows.text(row, "id"))) {
        keys.put(Rows.text(row, "key"), new Credential(Rows.text(row, "id"), consumer));
      }
    }
    return keys;
  }

  private static Map<String, List<Configuration.Target>> targets(Entities entities) {
    Map<String, String> names = new HashMap<>();
    for (Map<String, @Nullable Object> row : entities.all("upstreams")) {
      names.put(Rows.text(row, "id"), Rows.text(row, "name"));
    }
    Map<String, List<Configuration.Target>> targets = new HashMap<>();
    names.forEach((id, name) -> targets.put(name, new ArrayList<>()));
    for (Map<String, @Nullable Object> row : active(entities.all("targets"))) {
      List<Configuration.Target> of = targets.get(names.get(Rows.foreign(row, "upstream")));
      if (of != null) {
        of.add(target(row));
      }
    }
    return targets;
  }

  /// The newest row of each target of each upstream, without those whose weight is 0: rows are
  /// applied in the order of their creation, and weight 0 takes a target away.
  static List<Map<String, @Nullable Object>> active(List<Map<String, @Nullable Object>> rows) {
    List<Map<String, @Nullable Object>> ordered = new ArrayList<>(rows);
    ordered.sort(
        Comparator.<Map<String, @Nullable Object>>comparingDouble(
                row -> Rows.decimal(row, "created_at"))
            .thenComparing(row -> Rows.text(row, "id")));
    Map<String, Map<String, @Nullable Object>> newest = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> row : ordered) {
      newest.put(Rows.foreign(row, "upstream") + " " + Rows.text(row, "target"), row);
    }
    return newest.values().stream().filter(row -> Rows.number(row, "weight", 100) > 0).toList();
  }

  private static Configuration.Target target(Map<String, @Nullable Object> row) {
    String target = Rows.text(row, "target");
    int colon = target.lastIndexOf(':');
    int weight = Rows.number(row, "weight", 100);
    return colon < 0
        ? new Configuration.Target(target, DEFAULT_TARGET_PORT, weight)
        : new Configuration.Target(
            target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)), weight);
  }
}
