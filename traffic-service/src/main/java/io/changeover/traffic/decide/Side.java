package io.changeover.traffic.decide;

import java.util.Locale;
import java.util.Optional;

/// Who serves today, and who takes over.
public enum Side {
  BLUE,
  GREEN;

  /// The word that messages use.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The one across.
  public Side other() {
    return switch (this) {
      case BLUE -> GREEN;
      case GREEN -> BLUE;
    };
  }

  /// Reads the word.
  public static Optional<Side> of(String word) {
    return switch (word) {
      case "blue" -> Optional.of(BLUE);
      case "green" -> Optional.of(GREEN);
      default -> Optional.empty();
    };
  }
}
