package io.changeover.sandbox.seed;

import io.changeover.sandbox.kong.Profile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Writes what a [SeedPlan] says as a declarative file, for nodes without a database.
public final class DeclarativeSeed {
  private static final String FORMAT = "2.1";

  private DeclarativeSeed() {}

  /// Writes everything, over what was there.
  ///
  /// @param profile of the oldest version that is to read the file
  /// @param now the `created_at` of all entities
  public static void write(Path file, Profile profile, SeedPlan plan, Instant now)
      throws IOException {
    Map<String, List<Object>> entities = new LinkedHashMap<>();
    Seeder.fill(
        (entity, rows) ->
            entities
                .computeIfAbsent(entity, name -> new ArrayList<>())
                .addAll(entity.equals("targets") ? newest(rows) : plain(rows)),
        profile,
        plan,
        now);
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("_format_version", FORMAT);
    top.putAll(entities);
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    try (Writer out = Files.newBufferedWriter(file)) {
      new Yaml(options).dump(top, out);
    }
  }

  /// A file has no history: the last row of an address says what it weighs, and 0 is that it is
  /// gone.
  private static List<Map<String, Object>> newest(List<Map<String, @Nullable Object>> rows) {
    Map<String, Map<String, Object>> byAddress = new LinkedHashMap<>();
    for (Map<String, Object> row : plain(rows)) {
      byAddress.put(row.get("upstream") + " " + row.get("target"), row);
    }
    return byAddress.values().stream()
        .filter(row -> !Integer.valueOf(0).equals(row.get("weight")))
        .toList();
  }

  /// Without nulls, and with the bare id for a foreign key.
  private static List<Map<String, Object>> plain(List<Map<String, @Nullable Object>> rows) {
    return rows.stream().map(DeclarativeSeed::plain).toList();
  }

  private static Map<String, Object> plain(Map<String, @Nullable Object> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("id") != null) {
            plain.put(name, String.valueOf(map.get("id")));
          } else if (value != null) {
            plain.put(name, value);
          }
        });
    return plain;
  }
}
