package io.changeover.exporter.cassandra.kongyml;

import io.changeover.exporter.cassandra.copy.RowLens;
import io.changeover.exporter.cassandra.digest.RowDigest;
import io.changeover.exporter.cassandra.findings.KongRules;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rows of any workspace as they stand in `default`: another `ws_id`, and that id before unique
/// values. For the rows that nodes write while they serve.
public final class HomeLens implements RowLens {

  private final UUID home;

  /// Sees rows in a workspace.
  public HomeLens(UUID home) {
    this.home = home;
  }

  @Override
  public UnaryOperator<StoredRow> of(PlannedTable table) {
    Optional<Integer> workspace = table.index("ws_id");
    List<Integer> prefixed =
        KongRules.PREFIXED.getOrDefault(table.name(), List.of()).stream()
            .flatMap(name -> table.index(name).stream())
            .toList();
    return workspace
        .<UnaryOperator<StoredRow>>map(
            index -> row -> isHome(row.value(index)) ? row : moved(row, index, prefixed))
        .orElse(UnaryOperator.identity());
  }

  private boolean isHome(@Nullable ByteBuffer id) {
    return id == null || RowDigest.uuid(id).equals(home.toString());
  }

  private StoredRow moved(StoredRow row, int workspace, List<Integer> prefixed) {
    Map<Integer, ByteBuffer> values = new HashMap<>();
    values.put(
        workspace,
        ByteBuffer.allocate(16)
            .putLong(home.getMostSignificantBits())
            .putLong(home.getLeastSignificantBits())
            .flip());
    for (int column : prefixed) {
      if (row.value(column) != null) {
        values.put(
            column,
            ByteBuffer.wrap(
                (home + ":" + Cells.stripped(row.text(column))).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return new Moved(row, values);
  }

  private record Moved(StoredRow row, Map<Integer, ByteBuffer> values) implements StoredRow {
    @Override
    public long readAt() {
      return row.readAt();
    }

    @Override
    public @Nullable ByteBuffer value(int column) {
      ByteBuffer own = values.get(column);
      return own == null ? row.value(column) : own;
    }

    @Override
    public long token() {
      return row.token();
    }

    @Override
    public long writetime(int column) {
      return row.writetime(column);
    }

    @Override
    public boolean tellsTimes(int column) {
      return row.tellsTimes(column);
    }

    @Override
    public int ttl(int column) {
      return row.ttl(column);
    }
  }
}
