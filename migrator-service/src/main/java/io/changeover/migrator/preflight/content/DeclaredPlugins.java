package io.changeover.migrator.preflight.content;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.migrator.report.Findings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// The plugins of a declarative file, wherever they stand in it, that need a database at run time.
/// `kong config parse` of 2.1.4 and 2.2.2 takes them; what they do without a database was observed
/// on data planes, which have none either. Only places and ids are told: the file holds
/// credentials.
public final class DeclaredPlugins {

  private static final int LARGEST = 64 * 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLUSTER = "cluster";

  private final Path file;
  private final List<Plugin> plugins;

  private DeclaredPlugins(Path file, List<Plugin> plugins) {
    this.file = file;
    this.plugins = List.copyOf(plugins);
  }

  /// Reads the file and adds what it found; changes nothing.
  ///
  /// @param file on the machine of this process; empty where it is on another one
  public static void look(Optional<Path> file, Findings findings) {
    if (file.isEmpty()) {
      unseen("its command runs elsewhere", findings);
      return;
    }
    try {
      read(file.orElseThrow()).tell(findings);
    } catch (IOException | YAMLException e) {
      unseen(file.orElseThrow() + ": " + e.getClass().getSimpleName(), findings);
    }
  }

  private static void unseen(String evidence, Findings findings) {
    findings.warning(
        "db-less.file-unseen",
        "nobody looked for plugins in the declarative file that need a database",
        evidence,
        "look for rate-limiting with policy `cluster` (its default): `kong config parse` takes it,"
            + " and every request is answered 500");
  }

  private static DeclaredPlugins read(Path file) throws IOException {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    List<Plugin> found = new ArrayList<>();
    try (Reader in = Files.newBufferedReader(file)) {
      Object document = new Yaml(new SafeConstructor(limits)).load(in);
      collect(document, "", found);
    }
    return new DeclaredPlugins(file, found);
  }

  /// Plugins stand at the top and under what they belong to.
  private static void collect(Object value, String place, List<Plugin> found) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, child) -> {
            String at = place.isEmpty() ? String.valueOf(key) : place + "." + key;
            if (Plugin.TABLE.equals(key) && child instanceof List<?> list) {
              for (int i = 0; i < list.size(); i++) {
                plugin(list.get(i), at + "[" + i + "]").ifPresent(found::add);
              }
            } else {
              collect(child, at, found);
            }
          });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(list.get(i), place + "[" + i + "]", found);
      }
    }
  }

  private static Optional<Plugin> plugin(Object value, String place) {
    if (!(value instanceof Map<?, ?> fields)) {
      return Optional.empty();
    }
    Map<String, Object> row = new LinkedHashMap<>();
    fields.forEach((name, field) -> row.put(String.valueOf(name), field));
    row.putIfAbsent("id", place);
    return Optional.of(new Plugin(JSON.valueToTree(row)));
  }

  private void tell(Findings findings) {
    List<Plugin> limiting = of("rate-limiting", plugin -> counts(plugin, "policy"));
    if (!limiting.isEmpty()) {
      findings.blocker(
          "db-less.rate-limiting",
          "every request to what has rate-limiting with policy `cluster` is answered 500 by a node"
              + " without a database",
          evidence("rate-limiting with policy cluster (its default)", limiting),
          "set their policy to `local` or `redis`");
    }
    List<Plugin> others =
        Stream.concat(
                of("response-ratelimiting", plugin -> counts(plugin, "policy")).stream(),
                Stream.concat(
                    of("rate-limiting-advanced", plugin -> counts(plugin, "strategy")).stream(),
                    of("oauth2", _ -> true).stream()))
            .toList();
    if (!others.isEmpty()) {
      findings.warning(
          "db-less.needs-database",
          "counters of `cluster`, and tokens that oauth2 issues, have no database to stand in",
          evidence(
              "response-ratelimiting and rate-limiting-advanced with `cluster`, and oauth2",
              others),
          "set `local` or `redis`; issue tokens at nodes with a database");
    }
  }

  private static boolean counts(Plugin plugin, String setting) {
    return plugin.setting(setting, CLUSTER).equals(CLUSTER);
  }

  private List<Plugin> of(String name, Predicate<Plugin> wanted) {
    return plugins.stream()
        .filter(plugin -> plugin.name().equals(name) && plugin.enabled())
        .filter(wanted)
        .toList();
  }

  private String evidence(String which, List<Plugin> found) {
    return file
        + ", of its "
        + plugins.size()
        + " plugins these enabled "
        + which
        + ": "
        + Rows.ids(found.stream().map(Plugin::row).toList());
  }
}
