package io.changeover.exporter.cassandra.scan;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.changeover.exporter.cassandra.catalog.Column;
import io.changeover.exporter.cassandra.catalog.Table;
import io.changeover.exporter.cassandra.plan.KongTables;
import io.changeover.exporter.cassandra.store.Keyspace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Reads one table of one side.
public final class TableScan {

  /// Rows that may be large as well as many: what is read ahead must fit into the heap.
  private static final int CAUTIOUS_PAGE = 64;

  private static final int LARGEST_PAGE = 2_000;

  private final Keyspace keyspace;
  private final Selection selection;
  private final RateLimit rate;
  private final UnaryOperator<StoredRow> lens;
  private final PageSize pages;
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

  public TableScan(Keyspace keyspace, Selection selection, RateLimit rate) {
    this(keyspace, selection, rate, UnaryOperator.identity());
  }

  /// One whose rows are seen in another way.
  public TableScan(
      Keyspace keyspace, Selection selection, RateLimit rate, UnaryOperator<StoredRow> lens) {
    this.keyspace = keyspace;
    this.selection = selection;
    this.rate = rate;
    this.lens = lens;
    this.pages =
        new PageSize(
            KongTables.hasSmallRows(selection.table().name()) ? LARGEST_PAGE : CAUTIOUS_PAGE);
  }

  /// What it asks of each row.
  public Selection selection() {
    return selection;
  }

  /// The slices of a table, the same for both sides where both have the same partitions.
  ///
  /// @param sides where to look for partitions of tables that have few
  public static List<Slice> slices(Table table, Keyspace... sides) {
    if (!Slice.isClustered(table)) {
      return Slice.ring();
    }
    List<ByteBuffer> partitions = new ArrayList<>();
    for (Keyspace side : sides) {
      for (ByteBuffer partition : partitions(table, side)) {
        if (!partitions.contains(partition)) {
          partitions.add(partition);
        }
      }
    }
    partitions.sort(null);
    return Slice.clustered(partitions);
  }

  private static List<ByteBuffer> partitions(Table table, Keyspace side) {
    String key = table.partitionKey().getFirst().quoted();
    List<ByteBuffer> partitions = new ArrayList<>();
    for (Row row :
        side.session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT DISTINCT %s FROM %s".formatted(key, side.qualified(table.name()))))) {
      partitions.add(Objects.requireNonNull(row.getBytesUnsafe(0)));
    }
    return partitions;
  }

  /// Begins to read a slice.
  public RowCursor read(Slice slice) {
    return new RowCursor(keyspace.session(), selection, statement(slice), pages, rate, lens);
  }

  private BoundStatement statement(Slice slice) {
    return switch (slice) {
      case Slice.Ring ring ->
          prepare(ringCondition())
              .boundStatementBuilder()
              .setLong(0, ring.after())
              .setLong(1, ring.upTo())
              .build();
      case Slice.Clustered part -> clustered(part);
    };
  }

  private String ringCondition() {
    String token =
        selection.table().partitionKey().stream()
            .map(Column::quoted)
            .collect(Collectors.joining(", ", "token(", ")"));
    return "%s > ? AND %s <= ?".formatted(token, token);
  }

  private BoundStatement clustered(Slice.Clustered part) {
    String partition = selection.table().partitionKey().getFirst().quoted();
    String id = selection.table().clustering().getFirst().quoted();
    StringBuilder condition = new StringBuilder(partition + " = ?");
    List<ByteBuffer> values = new ArrayList<>(List.of(part.partition()));
    part.from()
        .ifPresent(
            from -> {
              condition.append(" AND ").append(id).append(" >= ?");
              values.add(from);
            });
    part.before()
        .ifPresent(
            before -> {
              condition.append(" AND ").append(id).append(" < ?");
              values.add(before);
            });
    BoundStatementBuilder builder = prepare(condition.toString()).boundStatementBuilder();
    for (int i = 0; i < values.size(); i++) {
      builder = builder.setBytesUnsafe(i, values.get(i));
    }
    return builder.build();
  }

  private PreparedStatement prepare(String condition) {
    return prepared.computeIfAbsent(
        condition,
        _ ->
            keyspace
                .session()
                .prepare(
                    "SELECT %s FROM %s WHERE %s"
                        .formatted(
                            selection.terms(),
                            keyspace.qualified(selection.table().name()),
                            condition)));
  }

  /// Reads rows by their keys, as they are now, in the order of the keys.
  public List<Optional<StoredRow>> find(List<StoredRow> keys) throws InterruptedException {
    List<CompletionStage<AsyncResultSet>> asked = new ArrayList<>(keys.size());
    for (StoredRow key : keys) {
      asked.add(keyspace.session().executeAsync(byKey(key)));
    }
    List<Optional<StoredRow>> found = new ArrayList<>(keys.size());
    for (CompletionStage<AsyncResultSet> answer : asked) {
      Row row = RowCursor.await(answer).one();
      long now = System.currentTimeMillis();
      found.add(
          Optional.ofNullable(row).map(some -> lens.apply(new DriverRow(selection, some, now))));
    }
    return found;
  }

  private BoundStatement byKey(StoredRow key) {
    List<Column> columns = selection.table().key();
    String condition =
        columns.stream()
            .map(column -> column.quoted() + " = ?")
            .collect(Collectors.joining(" AND "));
    BoundStatementBuilder builder = prepare(condition).boundStatementBuilder();
    for (int i = 0; i < columns.size(); i++) {
      builder = builder.setBytesUnsafe(i, key.value(i));
    }
    return builder.build();
  }
}
