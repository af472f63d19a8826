package io.changeover.migrator.observe;

/// Why something could not be read.
///
/// @param reason what was asked and what came back, without secrets
/// @param passing whether asking again later may help
public record Doubt(String reason, boolean passing) {

  public static Doubt passing(String reason) {
    return new Doubt(reason, true);
  }

  public static Doubt lasting(String reason) {
    return new Doubt(reason, false);
  }
}
