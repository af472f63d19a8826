package io.changeover.planner.shell.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;

/// An error as RFC 9457 has it.
///
/// @param type always `about:blank`: the status says what kind it is
/// @param title the status in words
/// @param detail what was wrong
/// @param expected what would have been right
@Serdeable
public record Problem(String type, String title, int status, String detail, String expected) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final String RETRY_AFTER_SECONDS = "10";

  /// What is unavailable says when to ask again.
  static HttpResponse<Problem> response(HttpStatus status, String detail, String expected) {
    var response =
        HttpResponse.<Problem>status(status)
            .contentType(MEDIA_TYPE)
            .body(
                new Problem("about:blank", status.getReason(), status.getCode(), detail, expected));
    return status == HttpStatus.SERVICE_UNAVAILABLE
        ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        : response;
  }
}
