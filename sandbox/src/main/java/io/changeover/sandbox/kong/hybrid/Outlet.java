package io.changeover.sandbox.kong.hybrid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// What goes over the websocket: to a data plane a deflated JSON object with the configuration, to
/// a control plane pings whose payload is the hash of the configuration that is in use.
final class Outlet {
  static final String PATH = "/v1/outlet";
  static final int LARGEST_FRAME = 64 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private Outlet() {}

  /// Serialises a configuration as Kong does: in an order that is another one each time, so that
  /// equal configurations have different hashes unless they were serialised once.
  static byte[] encode(Map<String, Object> table, RandomGenerator order) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "reconfigure");
    message.put("config_table", shuffled(table, order));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      JSON.writeValue(out, message);
    } catch (IOException e) {
      throw new IllegalStateException("Expected a configuration that JSON can hold", e);
    }
    return bytes.toByteArray();
  }

  /// The configuration of a message, its keys in the order in which they came.
  ///
  /// @throws IOException when it is no such message
  static Map<String, Object> decode(byte[] frame) throws IOException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(frame))) {
      if (JSON.readValue(in, OBJECT).get("config_table") instanceof Map<?, ?> table) {
        Map<String, Object> named = new LinkedHashMap<>();
        table.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
      }
      throw new IOException("Expected a message with config_table, but it has none");
    }
  }

  static Map<String, Object> read(String text) throws IOException {
    return JSON.readValue(text, OBJECT);
  }

  static String text(Map<String, Object> table) {
    try {
      return JSON.writeValueAsString(table);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Expected a configuration that JSON can hold", e);
    }
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to have MD5", e);
    }
  }

  private static @Nullable Object shuffled(@Nullable Object value, RandomGenerator order) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<Object> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, order);
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        keys.forEach(key -> other.put(String.valueOf(key), shuffled(map.get(key), order)));
        yield other;
      }
      case List<?> list -> {
        List<@Nullable Object> same = new ArrayList<>();
        list.forEach(item -> same.add(shuffled(item, order)));
        yield same;
      }
      case null, default -> value;
    };
  }
}
