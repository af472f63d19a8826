package io.changeover.exporter.cassandra.digest;

import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Digest sums of one slice by workspace. For one thread.
public final class Sums {

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final int workspace;
  private final Map<ByteBuffer, DigestSum> sums = new HashMap<>();
  private ByteBuffer lastKey = NONE;
  private DigestSum last;

  public Sums(PlannedTable table) {
    this.workspace = table.index("ws_id").orElse(-1);
    this.last = new DigestSum();
    sums.put(NONE, last);
  }

  /// The sum of the workspace that a row belongs to. Rows of one workspace mostly follow each
  /// other.
  public DigestSum of(StoredRow row) {
    ByteBuffer value = workspace < 0 ? null : row.value(workspace);
    ByteBuffer key = value == null ? NONE : value;
    if (!key.equals(lastKey)) {
      lastKey = key;
      last = sums.computeIfAbsent(key, _ -> new DigestSum());
    }
    return last;
  }

  /// All with any row, by the workspace's id as text; empty for none.
  public Map<String, DigestSum> byWorkspace() {
    Map<String, DigestSum> texts = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          if (sum.rows() > 0) {
            texts.put(RowDigest.uuid(key), sum);
          }
        });
    return texts;
  }
}
