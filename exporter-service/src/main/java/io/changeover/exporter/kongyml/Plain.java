package io.changeover.exporter.kongyml;

/// A scalar that stood without quotes, and is written so again: whatever Kong means by it, it means
/// it still.
///
/// @param text as it stood, on one line
public record Plain(String text) {

  @Override
  public String toString() {
    return text;
  }
}
