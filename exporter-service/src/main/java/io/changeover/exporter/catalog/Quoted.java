package io.changeover.exporter.catalog;

/// SQL names.
public final class Quoted {

  private Quoted() {}

  /// A name in double quotes.
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
