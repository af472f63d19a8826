package io.changeover.exporter.cassandra.catalog;

/// Names in CQL text.
public final class Names {

  private Names() {}

  /// The name in double quotes, so that case and reserved words do no harm.
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
