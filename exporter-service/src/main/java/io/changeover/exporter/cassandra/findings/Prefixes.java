package io.changeover.exporter.cassandra.findings;

import io.changeover.exporter.cassandra.digest.RowDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What stands before unique values of a workspace: its id and a colon.
final class Prefixes {

  private static final ByteBuffer NONE = bytes(":");

  private final Map<ByteBuffer, ByteBuffer> known = new ConcurrentHashMap<>();

  ByteBuffer of(@Nullable ByteBuffer workspace) {
    return workspace == null
        ? NONE
        : known.computeIfAbsent(workspace, id -> bytes(RowDigest.uuid(id) + ":"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
