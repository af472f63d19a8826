package io.changeover.exporter.cassandra.delta;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.copy.Write;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Deletes of rows and cells of the target, each at the write time of what it removes: what was
/// written later stays.
final class Deletes {

  private final Keyspace target;
  private final PlannedTable table;
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

  Deletes(Keyspace target, PlannedTable table) {
    this.target = target;
    this.table = table;
  }

  /// Removes a row.
  Write row(StoredRow row, long micros) {
    return new Delete(row, "", micros);
  }

  /// Removes one cell of a row.
  Write cell(StoredRow row, Column column, long micros) {
    return new Delete(row, column.quoted(), micros);
  }

  private BoundStatement statement(String what, StoredRow row, long micros) {
    List<Column> key = table.source().key();
    PreparedStatement statement =
        prepared.computeIfAbsent(
            what,
            _ ->
                target
                    .session()
                    .prepare(
                        key.stream()
                            .map(column -> column.quoted() + " = ?")
                            .collect(
                                Collectors.joining(
                                    " AND ",
                                    "DELETE %s FROM %s USING TIMESTAMP ? WHERE "
                                        .formatted(what, target.qualified(table.name())),
                                    ""))));
    BoundStatementBuilder builder = statement.boundStatementBuilder().setLong(0, micros);
    for (int i = 0; i < key.size(); i++) {
      builder = builder.setBytesUnsafe(i + 1, row.value(i));
    }
    return builder.build();
  }

  private final class Delete implements Write {
    private final StoredRow row;
    private final String what;
    private final long micros;

    Delete(StoredRow row, String what, long micros) {
      this.row = row;
      this.what = what;
      this.micros = micros;
    }

    @Override
    public Optional<BoundStatement> statement(long now) {
      return Optional.of(Deletes.this.statement(what, row, micros));
    }

    @Override
    public long bytes() {
      return 64;
    }

    @Override
    public String about() {
      return "delete " + RowWriter.describe(table.name(), table.columns(), table.keySize(), row);
    }
  }
}
