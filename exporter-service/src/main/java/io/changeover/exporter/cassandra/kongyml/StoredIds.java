package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.findings.Hash64;
import io.changeover.exporter.cassandra.findings.HashSet64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ids of what the store holds, as hashes of 64 bits: 11 to 22 bytes each. What another one has
/// exported is held to them. Safe for several threads.
final class StoredIds implements SourceReading.Rows {

  /// What is known of an id.
  enum Place {
    /// It belongs into the file.
    MOVES,
    /// The store has it, and it does not belong there.
    STAYS,
    /// The store does not have it.
    UNKNOWN
  }

  private record Ids(HashSet64 moving, HashSet64 staying) {}

  private final Map<String, Ids> lists;

  /// For the lists of these names, without any id yet.
  StoredIds(Collection<String> lists) {
    this.lists =
        lists.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), _ -> new Ids(new HashSet64(), new HashSet64())));
  }

  @Override
  public void moves(Carried table, Map<String, @Nullable Object> values) {
    moves(table.entity().name(), String.valueOf(values.get("id")));
  }

  @Override
  public void stays(Carried table, String id) {
    stays(table.entity().name(), id);
  }

  void moves(String list, String id) {
    ids(list).moving().add(hash(id));
  }

  void stays(String list, String id) {
    ids(list).staying().add(hash(id));
  }

  Place place(String list, String id) {
    long hash = hash(id);
    Ids ids = ids(list);
    if (ids.moving().contains(hash)) {
      return Place.MOVES;
    }
    return ids.staying().contains(hash) ? Place.STAYS : Place.UNKNOWN;
  }

  /// How many the store has.
  long rows(String list) {
    return (long) ids(list).moving().size() + ids(list).staying().size();
  }

  private Ids ids(String list) {
    return Objects.requireNonNull(lists.get(list), list);
  }

  static long hash(String id) {
    return Hash64.of(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)));
  }
}
