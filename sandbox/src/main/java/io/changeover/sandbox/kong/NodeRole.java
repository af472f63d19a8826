package io.changeover.sandbox.kong;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a node does in its cluster: the setting `role`.
public enum NodeRole {
  TRADITIONAL,
  CONTROL_PLANE,
  DATA_PLANE;

  /// As it stands in the settings: `control_plane`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<NodeRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
