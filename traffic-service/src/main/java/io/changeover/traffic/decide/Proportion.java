package io.changeover.traffic.decide;

/// An observed share with its Wilson score interval at 95 %.
///
/// @param hits of `total`
/// @param low lower end
/// @param high upper end
public record Proportion(long hits, long total, double low, double high) {

  private static final double Z = 1.959964;

  /// The interval of `hits` in `total`; 0 to 1 when nothing was seen.
  public static Proportion of(long hits, long total) {
    if (hits < 0 || hits > total) {
      throw new IllegalArgumentException(
          "expected 0 <= hits <= total, got " + hits + " of " + total);
    }
    if (total == 0) {
      return new Proportion(0, 0, 0, 1);
    }
    double share = (double) hits / total;
    double square = Z * Z;
    double centre = share + square / (2 * total);
    double spread = Z * Math.sqrt(share * (1 - share) / total + square / (4.0 * total * total));
    double scale = 1 + square / total;
    return new Proportion(
        hits,
        total,
        hits == 0 ? 0 : Math.max(0, (centre - spread) / scale),
        hits == total ? 1 : Math.min(1, (centre + spread) / scale));
  }

  /// The share itself, 0 when nothing was seen.
  public double share() {
    return total == 0 ? 0 : (double) hits / total;
  }

  /// Whether the interval holds a share.
  public boolean allows(double asked) {
    return low <= asked && asked <= high;
  }

  /// Whether enough was seen to tell `asked` from something that matters: the interval's half is at
  /// most a tenth, at most the distance of `asked` to 0 and 1, and at most 2 points at 0 and 1
  /// themselves.
  public boolean tells(double asked) {
    double distance = Math.min(asked, 1 - asked);
    double tolerance = distance <= 0 ? 0.02 : Math.min(0.1, distance);
    return (high - low) / 2 <= tolerance;
  }
}
