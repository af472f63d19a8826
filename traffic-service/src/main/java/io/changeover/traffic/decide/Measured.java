package io.changeover.traffic.decide;

import java.util.Locale;
import java.util.OptionalDouble;

/// One value of green, beside blue's in the same window (or the last one that blue ever had).
public record Measured(double result, OptionalDouble baseline) {

  @Override
  public String toString() {
    return number(result)
        + (baseline.isPresent() ? " (baseline " + number(baseline.getAsDouble()) + ")" : "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.4f" : "%.1f", value);
  }
}
