package io.changeover.exporter.kongyml;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the file: a head, then a list for each kind of entity that has any. Safe for several
/// threads, as long as one kind ends before the next begins; keeps nothing of what is written.
public final class KongYmlWriter {

  private static final String HEAD = "_format_version: '2.1'\n_transform: false\n";

  private final OutputStream out;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private String section = "";

  /// Writes the head. `_transform: false` says that secrets are hashed already.
  public KongYmlWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEAD.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes one entity.
  ///
  /// @param values texts, plain scalars, numbers, booleans, lists and maps of them, or null, by
  ///   field
  /// @throws IllegalStateException when the kind was ended by another one
  public void item(Entity entity, Map<String, ? extends @Nullable Object> values)
      throws IOException {
    byte[] text = YamlText.item(values).getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      if (!section.equals(entity.name())) {
        begin(entity.name());
      }
      out.write(text);
      counts.merge(entity.name(), 1L, Long::sum);
    }
  }

  private void begin(String name) throws IOException {
    if (counts.containsKey(name)) {
      throw new IllegalStateException(
          "Expected all of " + name + " before the next kind, but there is one more");
    }
    section = name;
    out.write((name + ":\n").getBytes(StandardCharsets.UTF_8));
  }

  /// How many of each kind, of those that have any.
  public synchronized SortedMap<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
