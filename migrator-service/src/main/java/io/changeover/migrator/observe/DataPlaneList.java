package io.changeover.migrator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The data planes that a control plane lists at `/clustering/status`, as observed on Kong 2.1.4
/// and 2.2.2. An id is one start of a data plane: a restart makes another one. It pings when it
/// connects and then every 30 s. 2.1 keeps in memory who is connected to that control plane, 65 s
/// long from its last ping; 2.2 lists rows of the database, which stay for 14 days.
///
/// `config_hash` is not read, since it proves nothing: equal data planes have different ones until
/// the next push, it lags 30 s, and one that rejects everything keeps its old one.
///
/// @param lastSeen in seconds of the control plane's clock, by id
public record DataPlaneList(SortedMap<String, Long> lastSeen) {

  private static final long FORGOTTEN_AFTER = 65;

  /// Nobody.
  public static final DataPlaneList NONE = new DataPlaneList(new TreeMap<>());

  public DataPlaneList {
    lastSeen = Collections.unmodifiableSortedMap(new TreeMap<>(lastSeen));
  }

  /// Empty for what is no such list.
  public static Optional<DataPlaneList> of(Reading reading) {
    if (!(reading instanceof Reading.Answered(int code, _, String body)) || code != 200) {
      return Optional.empty();
    }
    JsonNode list = Json.read(body);
    TreeMap<String, Long> lastSeen = new TreeMap<>();
    for (Map.Entry<String, JsonNode> row : list.properties()) {
      if (!row.getValue().path("last_seen").isNumber()) {
        return Optional.empty();
      }
      lastSeen.put(row.getKey(), row.getValue().path("last_seen").asLong());
    }
    return list.isObject() ? Optional.of(new DataPlaneList(lastSeen)) : Optional.empty();
  }

  /// Both.
  public DataPlaneList and(DataPlaneList other) {
    TreeMap<String, Long> both = new TreeMap<>(lastSeen);
    other.lastSeen.forEach((id, at) -> both.merge(id, at, Math::max));
    return new DataPlaneList(both);
  }

  /// Ids of those that pinged lately, measured from the newest ping, since whoever looks may have
  /// another clock.
  public List<String> living() {
    long newest = lastSeen.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return lastSeen.entrySet().stream()
        .filter(row -> row.getValue() >= newest - FORGOTTEN_AFTER)
        .map(Map.Entry::getKey)
        .toList();
  }
}
