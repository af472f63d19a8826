package io.changeover.sandbox.kong.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.http.Response;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers that the node makes itself, with the headers and words that Kong 2.1.4 and 2.2.2 were
/// observed to use.
final class Replies {

  static final String JSON_TYPE = "application/json; charset=utf-8";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String version;

  Replies(String version) {
    this.version = version;
  }

  String server() {
    return "kong/" + version;
  }

  /// `{"message":"…"}` in one line.
  Response exit(int status, String message) {
    return made(status, "{\"message\":" + json(message) + "}", JSON_TYPE);
  }

  /// The same in three lines, as plugins write it.
  Response error(int status, String message) {
    return made(status, "{\n  \"message\":" + json(message) + "\n}", JSON_TYPE);
  }

  /// A proxied answer's own words.
  Response made(int status, String body, String contentType) {
    return Response.of(status, contentType, body).with("Date", date()).with("Server", server());
  }

  /// An answer of the Admin or Status API; no body for null.
  Response admin(int status, @Nullable Object body, long latencyMillis) {
    Response response =
        body == null ? Response.of(status) : Response.of(status, JSON_TYPE, json(body));
    return response
        .with("Date", date())
        .with("Access-Control-Allow-Origin", "*")
        .with("Server", server())
        .with("X-Kong-Admin-Latency", latencyMillis);
  }

  static Map<String, Object> message(String text) {
    return Map.of("message", text);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
  }
}
