package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The floor: the driver by itself, with the same ranges at a time and the same writes in flight,
/// and no times, digests, checkpoints or retries.
final class BareDriver {

  private static final int PARTS = 32;
  private static final int WORKERS = 4;

  @FunctionalInterface
  interface Use {
    void row(Row row) throws InterruptedException;
  }

  private BareDriver() {}

  /// Reads all rows of the growing tables.
  ///
  /// @return how many
  static long scan(CqlSession session, String keyspace) throws InterruptedException {
    long rows = 0;
    for (String table : KongTables.NAMES) {
      rows += scan(session, keyspace, table, row -> {});
    }
    return rows;
  }

  /// Reads all rows and writes each as it is.
  ///
  /// @param inFlight writes that wait for answers at a time
  /// @return how many
  static long copy(CqlSession session, String from, String to, int inFlight)
      throws InterruptedException {
    return copy(session, from, to, inFlight, 1);
  }

  /// The same by unlogged batches.
  ///
  /// @param batch rows of each, as they are met in the ring; 1 for none
  static long copy(CqlSession session, String from, String to, int inFlight, int batch)
      throws InterruptedException {
    long rows = 0;
    for (String table : KongTables.NAMES) {
      List<String> columns = columns(session, from, table);
      PreparedStatement insert =
          session.prepare(
              "INSERT INTO %s.%s (%s) VALUES (%s)"
                  .formatted(
                      to,
                      table,
                      String.join(", ", columns),
                      String.join(", ", columns.stream().map(_ -> "?").toList())));
      InFlight flight = new InFlight(session, inFlight);
      Batches batches = new Batches(flight, batch);
      rows += scan(session, from, table, row -> write(row, insert, columns.size(), batches));
      batches.flush();
      flight.await();
    }
    return rows;
  }

  private static void write(Row row, PreparedStatement insert, int columns, Batches batches)
      throws InterruptedException {
    BoundStatementBuilder builder = insert.boundStatementBuilder();
    for (int i = 0; i < columns; i++) {
      if (!row.isNull(i)) {
        builder = builder.setBytesUnsafe(i, row.getBytesUnsafe(i));
      }
    }
    batches.send(builder.build());
  }

  private static List<String> columns(CqlSession session, String keyspace, String table) {
    List<String> columns = new ArrayList<>();
    session
        .prepare("SELECT * FROM %s.%s".formatted(keyspace, table))
        .getResultSetDefinitions()
        .forEach(column -> columns.add('"' + column.getName().asInternal() + '"'));
    return columns;
  }

  private static long scan(CqlSession session, String keyspace, String table, Use use)
      throws InterruptedException {
    PreparedStatement select =
        session.prepare(
            "SELECT * FROM %s.%s WHERE token(id) > ? AND token(id) <= ?"
                .formatted(keyspace, table));
    AtomicInteger next = new AtomicInteger();
    AtomicLong rows = new AtomicLong();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int part = next.getAndIncrement();
                    part < PARTS && failure.get() == null;
                    part = next.getAndIncrement()) {
                  rows.addAndGet(part(session, select, part, use, failure));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Expected to read every range", failure.get());
    }
    return rows.get();
  }

  private static long part(
      CqlSession session,
      PreparedStatement select,
      int part,
      Use use,
      AtomicReference<@Nullable Throwable> failure) {
    long width = Long.MAX_VALUE / (PARTS / 2);
    long from = Long.MIN_VALUE + part * width;
    long to = part == PARTS - 1 ? Long.MAX_VALUE : from + width;
    long rows = 0;
    try {
      ResultSet result = session.execute(select.bind(from, to));
      for (Row row : result) {
        use.row(row);
        rows++;
      }
    } catch (InterruptedException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
    return rows;
  }
}
