package io.changeover.sandbox.kong.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeover.sandbox.http.Request;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An Admin API request taken apart.
///
/// @param segments the decoded parts of the path
record AdminRequest(
    String method, List<String> segments, Map<String, String> query, Request request) {

  /// The body can't be read.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static AdminRequest of(Request request) {
    List<String> segments =
        Arrays.stream(request.path().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(QueryStringDecoder::decodeComponent)
            .toList();
    Map<String, String> query = new LinkedHashMap<>();
    new QueryStringDecoder(request.target())
        .parameters()
        .forEach((name, values) -> query.put(name, values.getFirst()));
    return new AdminRequest(request.method(), segments, query, request);
  }

  String segment(int index) {
    return index < segments.size() ? segments.get(index) : "";
  }

  /// The fields of the body, JSON or a form. Form values are guessed: numbers, true and false,
  /// `name[]` lists, `a.b` nests.
  Map<String, @Nullable Object> fields() throws Unreadable {
    String text = request.text();
    if (text.isBlank()) {
      return new LinkedHashMap<>();
    }
    String type = request.headers().get("Content-Type", "");
    return type.startsWith("application/x-www-form-urlencoded") ? form(text) : json(text);
  }

  private static Map<String, @Nullable Object> json(String text) throws Unreadable {
    try {
      return JSON.readValue(text, new TypeReference<LinkedHashMap<String, @Nullable Object>>() {});
    } catch (JsonProcessingException e) {
      throw new Unreadable();
    }
  }

  private static Map<String, @Nullable Object> form(String text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    new QueryStringDecoder(text, false)
        .parameters()
        .forEach((name, values) -> put(fields, name, values));
    return fields;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, @Nullable Object> fields, String name, List<String> values) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      Object nested = fields.computeIfAbsent(name.substring(0, dot), any -> new LinkedHashMap<>());
      if (nested instanceof Map<?, ?> map) {
        put((Map<String, @Nullable Object>) map, name.substring(dot + 1), values);
      }
    } else if (name.endsWith("[]") || values.size() > 1) {
      List<Object> all = new ArrayList<>();
      values.forEach(value -> all.add(guessed(value)));
      fields.put(name.replace("[]", ""), all);
    } else {
      fields.put(name, guessed(values.getFirst()));
    }
  }

  private static Object guessed(String value) {
    if (value.matches("-?\\d{1,17}")) {
      return Long.parseLong(value);
    }
    return value.equals("true") || value.equals("false") ? Boolean.parseBoolean(value) : value;
  }
}
