package io.changeover.exporter.cassandra.digest;

import io.changeover.exporter.cassandra.catalog.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of a value after taking away what means nothing: the order of keys in JSON, the order
/// of a set, the difference between empty and null. A value that does not need it is not copied.
public final class Normal {

  private Normal() {}

  /// The value's normal bytes.
  ///
  /// @return null for null and for what Kong reads as null
  public static @Nullable ByteBuffer of(Column column, @Nullable ByteBuffer value) {
    if (value == null || !value.hasRemaining()) {
      return null;
    }
    String type = column.type();
    if (type.equals("text")) {
      return json(value);
    }
    if (type.startsWith("set<") || type.startsWith("list<") || type.startsWith("map<")) {
      return collection(type, value);
    }
    return value;
  }

  /// Whether two values mean the same.
  public static boolean same(Column column, @Nullable ByteBuffer one, @Nullable ByteBuffer other) {
    if (one != null && one.equals(other)) {
      return true;
    }
    ByteBuffer left = of(column, one);
    ByteBuffer right = of(column, other);
    return left == null ? right == null : left.equals(right);
  }

  private static ByteBuffer json(ByteBuffer value) {
    byte first = value.get(value.position());
    if (first != '{' && first != '[') {
      return value;
    }
    Optional<String> canonical =
        Json.canonical(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
    return canonical
        .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
        .orElse(value);
  }

  private static @Nullable ByteBuffer collection(String type, ByteBuffer value) {
    ByteBuffer at = value.duplicate();
    int count = at.getInt();
    if (count == 0) {
      return null;
    }
    if (!type.equals("set<text>") && !type.equals("list<text>")) {
      return value;
    }
    List<ByteBuffer> elements = new ArrayList<>(count);
    boolean changed = false;
    for (int i = 0; i < count; i++) {
      int length = at.getInt();
      ByteBuffer element = at.slice(at.position(), length);
      at.position(at.position() + length);
      ByteBuffer normal = length == 0 ? element : json(element);
      changed |= !normal.equals(element);
      elements.add(normal);
    }
    if (!changed) {
      return value;
    }
    if (type.startsWith("set")) {
      elements.sort(null);
    }
    return joined(elements);
  }

  private static ByteBuffer joined(List<ByteBuffer> elements) {
    int bytes = elements.stream().mapToInt(element -> 4 + element.remaining()).sum();
    ByteBuffer joined = ByteBuffer.allocate(4 + bytes).putInt(elements.size());
    elements.forEach(element -> joined.putInt(element.remaining()).put(element.duplicate()));
    return joined.flip();
  }
}
