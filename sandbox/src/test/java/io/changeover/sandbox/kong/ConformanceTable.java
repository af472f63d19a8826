package io.changeover.sandbox.kong;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Reads `conformance.yml` and `conformance-cassandra.yml`.
final class ConformanceTable {
  /// Something that stands beside the situations: what it covers, and a test's name or a reason.
  record Note(List<String> covers, String text) {}

  private final Map<?, ?> content;

  private ConformanceTable(Map<?, ?> content) {
    this.content = content;
  }

  /// What is claimed on PostgreSQL.
  static ConformanceTable load() throws IOException {
    return load("conformance.yml");
  }

  /// What is claimed on Cassandra.
  static ConformanceTable cassandra() throws IOException {
    return load("conformance-cassandra.yml");
  }

  private static ConformanceTable load(String file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(1000);
    try (InputStream in = ConformanceTable.class.getResourceAsStream(file)) {
      return new ConformanceTable((Map<?, ?>) new Yaml(new SafeConstructor(options)).load(in));
    }
  }

  /// Every situation once for each version it is claimed for.
  List<Situation> situations() {
    List<Situation> all = new ArrayList<>();
    for (Object entry : list(content.get("situations"))) {
      Map<?, ?> row = (Map<?, ?>) entry;
      List<String> versions =
          row.containsKey("kong") ? texts(row.get("kong")) : List.of("2.1.4", "2.2.2");
      versions.forEach(version -> all.add(situation(row, version)));
    }
    return all;
  }

  List<Note> processes() {
    return notes("processes", "test");
  }

  List<Note> unclaimed() {
    return notes("unclaimed", "why");
  }

  private List<Note> notes(String section, String text) {
    List<Note> all = new ArrayList<>();
    for (Object entry : list(content.get(section))) {
      Map<?, ?> row = (Map<?, ?>) entry;
      all.add(new Note(texts(row.get("covers")), String.valueOf(row.get(text))));
    }
    return all;
  }

  private static Situation situation(Map<?, ?> row, String version) {
    Map<String, String> env = new LinkedHashMap<>();
    if (row.get("env") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> env.put(String.valueOf(name), String.valueOf(value)));
    }
    String run = String.valueOf(row.get("run"));
    return new Situation(
        String.valueOf(row.get("name")),
        texts(row.get("covers")),
        version,
        row.containsKey("given") ? String.valueOf(row.get("given")) : "none",
        texts(row.get("sql")),
        texts(row.get("admin")),
        texts(row.get("first")),
        texts(row.get("then")),
        env,
        run.isEmpty() ? List.of() : List.of(run.split(" ", -1)),
        Integer.parseInt(String.valueOf(row.get("exit"))),
        texts(row.get("out")),
        texts(row.get("err")),
        Boolean.TRUE.equals(row.get("unordered")));
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> flat = new ArrayList<>();
    list(value).forEach(v -> flat.add(String.valueOf(v)));
    return flat;
  }
}
