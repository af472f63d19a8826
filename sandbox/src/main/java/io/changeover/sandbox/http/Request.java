package io.changeover.sandbox.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/// One whole HTTP request. `target` is what stands in the request line (path and query), `headers`
/// keep order and case.
@SuppressWarnings("ArrayRecordComponent") // Bodies are handed on, never compared.
public record Request(String method, String target, HttpHeaders headers, byte[] body) {

  private static final byte[] EMPTY = {};

  /// A request without a body.
  public static Request of(String method, String target) {
    return new Request(method, target, new DefaultHttpHeaders(), EMPTY);
  }

  /// The same request with one more header.
  public Request with(String name, String value) {
    HttpHeaders copy = headers.copy();
    copy.set(name, value);
    return new Request(method, target, copy, body);
  }

  /// The same request with a UTF-8 body.
  public Request body(String contentType, String text) {
    return new Request(method, target, headers, text.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", contentType);
  }

  /// The path without the query.
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /// The query without its question mark; empty when there is none.
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  /// The body read as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
