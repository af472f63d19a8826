package io.changeover.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/// The schemas of every release, kept as resources under `released/`; `released/index.txt` names
/// them, one `release/Name.avsc` a line. Append-only: a test compares each file with the digest
/// that was recorded when it was released.
public final class ReleasedSchemas {
  private static final String ROOT = "released/";

  private ReleasedSchemas() {}

  /// Every schema ever released, oldest release first.
  public static List<Schema> all() {
    var schemas = new ArrayList<Schema>();
    for (String name : names()) {
      try (var in = open(name)) {
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("released schema " + name, e);
      }
    }
    return schemas;
  }

  /// `release/Name.avsc` of every released schema, oldest release first.
  public static List<String> names() {
    try (var in =
        new BufferedReader(new InputStreamReader(open("index.txt"), StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("index of released schemas", e);
    }
  }

  /// The form in which a schema is released.
  public static String text(Schema schema) {
    return SchemaFormatter.format("json/pretty", schema) + "\n";
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        ReleasedSchemas.class.getResourceAsStream(ROOT + name), () -> "no resource " + ROOT + name);
  }
}
