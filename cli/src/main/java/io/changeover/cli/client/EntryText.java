package io.changeover.cli.client;

import io.changeover.cli.client.Journal.Line;
import io.changeover.messages.JournalEntry;
import io.changeover.messages.UpgradeEvent;
import io.changeover.schemas.RecordJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A journal line as one line of text, or as JSON.
public final class EntryText {
  private EntryText() {}

  /// Whether the line belongs to the cluster; every line belongs to null.
  public static boolean concerns(Line line, @Nullable String cluster) {
    return cluster == null
        || switch (line) {
          case Line.Entry(var _, var entry, var _) -> entry.getCluster().equals(cluster);
          case Line.Unreadable unreadable -> unreadable.key().equals(cluster);
        };
  }

  /// Whether it says only that a worker is alive.
  public static boolean isHeartbeat(Line line) {
    return line instanceof Line.Entry(var _, var entry, var _)
        && entry.getEvents().stream().allMatch(e -> e.getType().equals("HeartbeatSeen"));
  }

  /// `TIME CLUSTER UPGRADE #SEQ KIND: EVENTS`.
  public static String line(Line line) {
    return switch (line) {
      case Line.Unreadable(String place, String key, String reason) ->
          "%s %s is no journal entry: %s".formatted(place, key, reason);
      case Line.Entry(var _, JournalEntry entry, var _) ->
          "%s %s %s #%d %s: %s"
              .formatted(
                  entry.getInput().getAt(),
                  entry.getCluster(),
                  entry.getUpgrade(),
                  entry.getSeq(),
                  entry.getInput().getKind(),
                  entry.getEvents().stream()
                      .map(EntryText::event)
                      .collect(Collectors.joining("; ")));
    };
  }

  /// The whole entry as JSON.
  public static String json(Line line) {
    return switch (line) {
      case Line.Unreadable(String place, String key, String reason) ->
          JsonText.of(Map.of("place", place, "key", key, "unreadable", reason));
      case Line.Entry(String place, JournalEntry entry, var _) -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", place);
        fields.putAll(RecordJson.of(entry));
        yield JsonText.of(fields);
      }
    };
  }

  private static String event(UpgradeEvent event) {
    Map<String, Object> fields = RecordJson.of(event);
    fields.keySet().removeAll(java.util.Set.of("type", "at", "plan", "heartbeatBy", "order"));
    return event.getType()
        + fields.entrySet().stream()
            .filter(field -> !field.getValue().equals(java.util.List.of()))
            .map(field -> " " + field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining());
  }
}
