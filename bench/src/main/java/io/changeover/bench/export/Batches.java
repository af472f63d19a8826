package io.changeover.bench.export;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.util.ArrayList;
import java.util.List;

/// Puts so many statements together. Safe for several threads.
final class Batches {

  private final InFlight flight;
  private final int size;
  private List<BatchableStatement<?>> open = new ArrayList<>();

  Batches(InFlight flight, int size) {
    this.flight = flight;
    this.size = size;
  }

  void send(BoundStatement statement) throws InterruptedException {
    if (size == 1) {
      flight.send(statement);
      return;
    }
    List<BatchableStatement<?>> full = add(statement);
    if (!full.isEmpty()) {
      flight.send(BatchStatement.newInstance(BatchType.UNLOGGED, full));
    }
  }

  private synchronized List<BatchableStatement<?>> add(BoundStatement statement) {
    open.add(statement);
    if (open.size() < size) {
      return List.of();
    }
    List<BatchableStatement<?>> full = open;
    open = new ArrayList<>();
    return full;
  }

  /// Sends what is left.
  void flush() throws InterruptedException {
    if (!open.isEmpty()) {
      flight.send(BatchStatement.newInstance(BatchType.UNLOGGED, open));
    }
  }
}
