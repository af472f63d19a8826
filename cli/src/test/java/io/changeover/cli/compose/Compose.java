package io.changeover.cli.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// `docker-compose.yml` as a tree, with the look-ups that the test needs.
record Compose(Path root, Map<String, Object> document) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:-[^}]*)?}");

  static Compose read(Path root) {
    return new Compose(root, yaml(root.resolve("docker-compose.yml")));
  }

  static Map<String, Object> yaml(Path file) {
    try {
      return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> services() {
    return map(document.get("services")).keySet();
  }

  Map<String, Object> service(String name) {
    return map(map(document.get("services")).get(name));
  }

  /// The services that are built here, by name.
  List<String> own() {
    return services().stream().filter(name -> service(name).containsKey("build")).toList();
  }

  Map<String, Object> environment(String service) {
    return map(service(service).getOrDefault("environment", Map.of()));
  }

  /// `host:container[:mode]` of every volume of a service.
  List<String> volumes(String service) {
    return strings(service(service).getOrDefault("volumes", List.of()));
  }

  /// The container's side of every published port of a service.
  List<Integer> ports(String service) {
    return strings(service(service).getOrDefault("ports", List.of())).stream()
        .map(port -> Integer.parseInt(port.substring(port.lastIndexOf(':') + 1)))
        .toList();
  }

  /// Every `${NAME…}` in the file that brings no default.
  List<String> variablesWithoutDefault() {
    var found = new ArrayList<String>();
    var matcher = VARIABLE.matcher(document.toString());
    while (matcher.find()) {
      if (matcher.group(2) == null) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // the shape of a YAML mapping with string keys
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked") // the shape of a YAML sequence of scalars
  static List<String> strings(@Nullable Object value) {
    return ((List<Object>) Objects.requireNonNull(value)).stream().map(String::valueOf).toList();
  }
}
