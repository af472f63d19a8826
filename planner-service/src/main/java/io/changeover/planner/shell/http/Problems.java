package io.changeover.planner.shell.http;

import io.changeover.planner.shell.jdbc.JdbcLedger;
import io.micronaut.context.annotation.Primary;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.connection.jdbc.exceptions.CannotGetJdbcConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every error of the HTTP interface is a problem, Micronaut's own included.
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /// Ours.
  @Singleton
  @Produces(Problem.MEDIA_TYPE)
  static final class Ours implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<Problem> handle(HttpRequest request, ProblemException problem) {
      return Problem.response(
          problem.status(), String.valueOf(problem.getMessage()), problem.expected());
    }
  }

  /// What reading from PostgreSQL fails with, in the words of whoever noticed.
  abstract static class Unread<X extends RuntimeException>
      implements ExceptionHandler<X, HttpResponse<Problem>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<Problem> handle(HttpRequest request, X failure) {
      return ledger(request, failure);
    }
  }

  /// A query's, which broke off or which PostgreSQL refused.
  @Singleton
  @Produces(Problem.MEDIA_TYPE)
  static final class Query extends Unread<DataAccessException> {}

  /// Of a query that got no connection.
  @Singleton
  @Produces(Problem.MEDIA_TYPE)
  static final class Connection extends Unread<CannotGetJdbcConnectionException> {}

  /// Of a connection that broke under a query, or was broken when it came from the pool.
  @Singleton
  @Produces(Problem.MEDIA_TYPE)
  static final class Broken extends Unread<ConnectionException> {}

  /// What PostgreSQL and the pool say may name the database's address, so that it goes to the log
  /// alone.
  private static HttpResponse<Problem> ledger(HttpRequest<?> request, RuntimeException failure) {
    if (JdbcLedger.unavailable(failure)) {
      LOG.warn(
          "PostgreSQL did not answer what {} needs to read: {}",
          request.getPath(),
          failure.getMessage());
      return Problem.response(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The planner's PostgreSQL does not answer. Nothing is lost: requests are still taken and"
              + " wait on their topic, and every upgrade goes on from where it is once PostgreSQL"
              + " answers.",
          "PostgreSQL to answer the planner: bring it back and ask again (GET /health shows whether"
              + " it answers); until then the topic changeover.journal says where upgrades stand");
    }
    LOG.error("PostgreSQL refused what {} needs to read", request.getPath(), failure);
    return Problem.response(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "The planner's PostgreSQL refused a query of the planner; its log says why.",
        "a database that nobody but the planner changes");
  }

  /// Micronaut's.
  @Singleton
  @Primary
  static final class Theirs implements ErrorResponseProcessor<Problem> {
    @Override
    public MutableHttpResponse<Problem> processResponse(
        ErrorContext context, MutableHttpResponse<?> response) {
      HttpStatus status = response.status();
      String detail =
          context.hasErrors() ? context.getErrors().getFirst().getMessage() : status.getReason();
      return response
          .contentType(MediaType.of(Problem.MEDIA_TYPE))
          .body(new Problem("about:blank", status.getReason(), status.getCode(), detail, ""));
    }
  }
}
