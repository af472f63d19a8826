package io.changeover.exporter.cassandra.compare;

import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.digest.Normal;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What differs between two rows of the same key.
final class RowDifference {

  /// Both ends are told in whole seconds, and read one after the other.
  private static final long TOLERANCE_MILLIS = 2_500;

  private static final int LONGEST_VALUE = 60;

  /// Texts that are no secret in any table of Kong.
  private static final Set<String> OPEN_TEXTS =
      Set.of(
          "name",
          "host",
          "path",
          "protocol",
          "target",
          "algorithm",
          "hash_on",
          "hash_fallback",
          "host_header",
          "path_handling",
          "group",
          "comment",
          "entity_name");

  private RowDifference() {}

  /// Whether values and ends are the same.
  static boolean same(PlannedTable table, StoredRow source, StoredRow target) {
    List<Column> columns = table.columns();
    for (int i = table.keySize(); i < columns.size(); i++) {
      if (!Normal.same(columns.get(i), source.value(i), target.value(i))
          || !sameEnd(source, target, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameEnd(StoredRow source, StoredRow target, int column) {
    if (!source.tellsTimes(column) || !target.tellsTimes(column)) {
      return true;
    }
    int left = source.ttl(column);
    int right = target.ttl(column);
    if (left == 0 || right == 0) {
      return left == right;
    }
    return Math.abs(end(source, left) - end(target, right)) <= TOLERANCE_MILLIS;
  }

  private static long end(StoredRow row, int ttl) {
    return row.readAt() + ttl * 1000L;
  }

  /// Which columns differ, from what to what where no secret can be in them.
  static List<String> describe(PlannedTable table, StoredRow source, StoredRow target) {
    List<String> texts = new ArrayList<>();
    List<Column> columns = table.columns();
    for (int i = table.keySize(); i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!Normal.same(column, source.value(i), target.value(i))) {
        texts.add(change(column, source.value(i), target.value(i)));
      } else if (!sameEnd(source, target, i)) {
        texts.add(
            "%s ends in %s, not in %s"
                .formatted(column.name(), ttl(target.ttl(i)), ttl(source.ttl(i))));
      }
    }
    return texts;
  }

  private static String ttl(int seconds) {
    return seconds == 0 ? "no time" : seconds + " s";
  }

  private static String change(
      Column column, @Nullable ByteBuffer source, @Nullable ByteBuffer target) {
    if (source == null || target == null || readable(column)) {
      return "%s: %s -> %s".formatted(column.name(), show(column, source), show(column, target));
    }
    return column.name();
  }

  private static boolean readable(Column column) {
    return switch (column.type()) {
      case "uuid", "timestamp", "int", "bigint", "boolean" -> true;
      case "text" -> OPEN_TEXTS.contains(column.name());
      default -> false;
    };
  }

  private static String show(Column column, @Nullable ByteBuffer value) {
    if (value == null) {
      return "null";
    }
    if (!readable(column)) {
      return "a value";
    }
    int at = value.position();
    return switch (column.type()) {
      case "uuid" -> RowDigest.uuid(value);
      case "timestamp" -> Instant.ofEpochMilli(value.getLong(at)).toString();
      case "int" -> Integer.toString(value.getInt(at));
      case "bigint" -> Long.toString(value.getLong(at));
      case "boolean" -> Boolean.toString(value.get(at) != 0);
      default -> shortened(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
    };
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
