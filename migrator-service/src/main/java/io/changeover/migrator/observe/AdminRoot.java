package io.changeover.migrator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeover.migrator.observe.Reading.Answered;
import io.changeover.migrator.observe.Reading.Silent;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the Admin API's `/` says of its node: `version`, `configuration.database`, other fields of
/// `configuration`, `plugins.available_on_server` and `plugins.enabled_in_cluster`, as observed on
/// Kong 2.1.4 and 2.2.2.
public record AdminRoot(JsonNode document) {

  /// Its document, when it answered with one.
  public static Optional<AdminRoot> of(Reading root) {
    if (root instanceof Answered(int code, _, String body) && code == 200) {
      JsonNode document = Json.read(body);
      return document.isObject() ? Optional.of(new AdminRoot(document)) : Optional.empty();
    }
    return Optional.empty();
  }

  public Optional<Build> build() {
    return Build.in(document.path("version").asText(""));
  }

  /// Names of the plugins that the node can run.
  public Set<String> plugins() {
    TreeSet<String> names = new TreeSet<>();
    document.path("plugins").path("available_on_server").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /// What it runs with, by the setting's name.
  public JsonNode configuration() {
    return document.path("configuration");
  }

  /// Names of the plugins that its configuration of entities has.
  public Set<String> pluginsInUse() {
    TreeSet<String> names = new TreeSet<>();
    document.path("plugins").path("enabled_in_cluster").forEach(name -> names.add(name.asText()));
    return names;
  }

  /// The database it says it uses, with the kind in front: `postgres/kong`, or `off`.
  public String database() {
    String kind = configuration().path("database").asText("?");
    if (kind.equals("off")) {
      return kind;
    }
    String name = kind.equals("cassandra") ? "cassandra_keyspace" : "pg_database";
    return kind + "/" + configuration().path(name).asText("?");
  }

  /// What is wrong with it, if anything.
  static Optional<String> fault(Reading root, NodeObservation.Expected expected) {
    return switch (root) {
      case Reading.Refused _ -> Optional.of("Admin API refuses");
      case Silent(String reason) -> Optional.of("Admin API: " + reason);
      case Answered(int code, _, _) -> {
        Optional<AdminRoot> answer = of(root);
        if (answer.isEmpty()) {
          yield Optional.of("Admin API / answers " + code + " without a document");
        }
        yield answer.orElseThrow().fault(expected);
      }
    };
  }

  private Optional<String> fault(NodeObservation.Expected expected) {
    if (build().isEmpty()) {
      return Optional.of("Admin API / names no version");
    }
    String wanted = expected.database();
    if (!database().equals(wanted)) {
      return Optional.of("it uses " + database() + " instead of " + wanted);
    }
    TreeSet<String> lacking = new TreeSet<>(expected.plugins());
    lacking.removeAll(plugins());
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of("plugins.available_on_server of its Admin API lacks " + lacking);
  }
}
