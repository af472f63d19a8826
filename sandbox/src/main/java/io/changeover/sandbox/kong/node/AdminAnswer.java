package io.changeover.sandbox.kong.node;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the Admin API says: a status, a body (null for none) and extra headers.
record AdminAnswer(int status, @Nullable Object body, Map<String, String> headers) {

  static AdminAnswer of(int status, @Nullable Object body) {
    return new AdminAnswer(status, body, Map.of());
  }

  static AdminAnswer message(int status, String text) {
    return of(status, Replies.message(text));
  }

  static AdminAnswer notFound() {
    return message(404, "Not found");
  }

  static AdminAnswer methodNotAllowed() {
    return message(405, "Method not allowed");
  }

  /// One of Kong's numbered errors.
  static AdminAnswer error(int status, int code, String name, String message, Object fields) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("message", message);
    body.put("name", name);
    body.put("fields", fields);
    body.put("code", code);
    return of(status, body);
  }

  AdminAnswer with(String header, String value) {
    return new AdminAnswer(status, body, Map.of(header, value));
  }
}
