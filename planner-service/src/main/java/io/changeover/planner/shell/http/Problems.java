package io.changeover.planner.shell.http;

import io.micronaut.context.annotation.Primary;
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

/// Every error of the HTTP interface is a problem, Micronaut's own included.
final class Problems {
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
