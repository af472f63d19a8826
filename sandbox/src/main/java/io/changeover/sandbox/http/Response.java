package io.changeover.sandbox.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/// One whole HTTP response. The listener adds `Content-Length` and `Connection`; everything else is
/// the caller's.
@SuppressWarnings("ArrayRecordComponent") // Bodies are handed on, never compared.
public record Response(int status, HttpHeaders headers, byte[] body) {

  private static final byte[] EMPTY = {};

  /// A response without headers and body.
  public static Response of(int status) {
    return new Response(status, new DefaultHttpHeaders(), EMPTY);
  }

  /// A response with a UTF-8 body.
  public static Response of(int status, String contentType, String text) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Content-Type", contentType);
    return new Response(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sets a header of this response.
  public Response with(String name, Object value) {
    headers.set(name, value);
    return this;
  }

  /// The body read as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
