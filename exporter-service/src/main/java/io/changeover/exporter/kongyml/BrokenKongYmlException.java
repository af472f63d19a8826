package io.changeover.exporter.kongyml;

/// A file that must not be used, or a value that can't be written into one.
public final class BrokenKongYmlException extends RuntimeException {

  private final String expected;
  private final String remedy;

  /// A reason without the values of secret fields.
  public BrokenKongYmlException(String reason, String expected, String remedy) {
    super(reason);
    this.expected = expected;
    this.remedy = remedy;
  }

  /// What should have been so.
  public String expected() {
    return expected;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }
}
