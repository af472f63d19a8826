package io.changeover.planner.core;

import java.util.Optional;

/// How the rows of a keyspace travel to another one.
public enum Way {
  /// Streaming, from one to the other.
  COPY("copy"),
  /// Through files, where they can't see each other.
  DUMP("dump"),
  /// By Kong's own export and import, which lose what somebody has to accept first.
  KONG_YML("kong-yml");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  /// The way as it stands in the inventory and in commands.
  public String word() {
    return word;
  }

  /// The way of that word.
  public static Optional<Way> of(String word) {
    for (Way way : values()) {
      if (way.word.equals(word)) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }
}
