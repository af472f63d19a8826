package io.changeover.planner.shell.http;

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

  static HttpResponse<Problem> response(HttpStatus status, String detail, String expected) {
    return HttpResponse.<Problem>status(status)
        .contentType(MEDIA_TYPE)
        .body(new Problem("about:blank", status.getReason(), status.getCode(), detail, expected));
  }
}
