package io.changeover.planner.shell.http;

import io.micronaut.http.HttpStatus;

/// Ends a call with a [Problem].
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String expected;

  ProblemException(HttpStatus status, String detail, String expected) {
    super(detail);
    this.status = status;
    this.expected = expected;
  }

  HttpStatus status() {
    return status;
  }

  String expected() {
    return expected;
  }
}
