package io.changeover.exporter.cassandra.findings;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Compares the tags of entities with the table `tags` in constant memory: the sums of the hashes
/// of both are the same when each has what the other has.
final class TagSums {

  private long entitySum;
  private long entityTags;
  private long rowSum;
  private long rows;

  /// One tag of an entity.
  synchronized void entity(String table, String id, ByteBuffer tag, ByteBuffer all) {
    entitySum += hash(table, id, tag, all);
    entityTags++;
  }

  /// One row of `tags`.
  synchronized void row(String table, String id, ByteBuffer tag, ByteBuffer all) {
    rowSum += hash(table, id, tag, all);
    rows++;
  }

  private static long hash(String table, String id, ByteBuffer tag, ByteBuffer all) {
    byte[] entity = (table + " " + id).getBytes(StandardCharsets.UTF_8);
    return Hash64.of(all, Hash64.of(tag, Hash64.of(ByteBuffer.wrap(entity))));
  }

  synchronized boolean fit() {
    return entitySum == rowSum && entityTags == rows;
  }

  /// At least so many do not fit.
  synchronized long difference() {
    return fit() ? 0 : Math.max(1, Math.abs(entityTags - rows));
  }

  @Override
  public synchronized String toString() {
    return "entities have %d tags, the table tags has %d rows".formatted(entityTags, rows);
  }
}
