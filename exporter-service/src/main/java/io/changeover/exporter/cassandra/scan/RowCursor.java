package io.changeover.exporter.cassandra.scan;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The rows of one slice, in the server's order. One page is read while the one before is used; the
/// size of pages follows the size of rows.
public final class RowCursor {

  /// Behind the driver's own timeout.
  private static final long PATIENCE_SECONDS = 60;

  private final CqlSession session;
  private final Selection selection;
  private final BoundStatement statement;
  private final PageSize pages;
  private final RateLimit rate;
  private final UnaryOperator<StoredRow> lens;

  private @Nullable CompletionStage<AsyncResultSet> next;
  private Iterator<Row> page = java.util.Collections.emptyIterator();
  private long readAt;

  RowCursor(
      CqlSession session,
      Selection selection,
      BoundStatement statement,
      PageSize pages,
      RateLimit rate,
      UnaryOperator<StoredRow> lens) {
    this.session = session;
    this.selection = selection;
    this.statement = statement;
    this.pages = pages;
    this.rate = rate;
    this.lens = lens;
    this.next = ask(null);
  }

  private CompletionStage<AsyncResultSet> ask(@Nullable ByteBuffer state) {
    return session.executeAsync(statement.setPageSize(pages.next()).setPagingState(state));
  }

  /// The next row, or null behind the last.
  public @Nullable StoredRow next() throws InterruptedException {
    while (!page.hasNext()) {
      CompletionStage<AsyncResultSet> asked = next;
      if (asked == null) {
        return null;
      }
      turn(await(asked));
    }
    return lens.apply(new DriverRow(selection, page.next(), readAt));
  }

  private void turn(AsyncResultSet result) throws InterruptedException {
    readAt = System.currentTimeMillis();
    int rows = result.remaining();
    rate.take(rows);
    pages.seen(rows, result.getExecutionInfo().getResponseSizeInBytes());
    page = result.currentPage().iterator();
    ByteBuffer state = result.getExecutionInfo().getPagingState();
    next = state == null ? null : ask(state);
  }

  /// Waits for a page.
  static AsyncResultSet await(CompletionStage<AsyncResultSet> asked) throws InterruptedException {
    try {
      return asked.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new ReadFailedException(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new ReadFailedException(e);
    }
  }
}
