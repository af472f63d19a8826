package io.changeover.cli.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How green's keyspace is filled in the scenario `cassandra`.
public enum CopyWay {
  /// From keyspace to keyspace.
  COPY,

  /// Through encrypted files.
  DUMP,

  /// By Kong's own import. It needs a blue without what stops it, and has no time to hurry.
  KONG_YML;

  /// Its name in inventories and on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How long an upgrade may take.
  Duration longest() {
    return switch (this) {
      case COPY, DUMP -> Duration.ofMinutes(4);
      case KONG_YML -> Duration.ofMinutes(10);
    };
  }

  /// The names of all, in their order.
  public static List<String> words() {
    return Arrays.stream(values()).map(CopyWay::word).toList();
  }

  /// The way of that name, empty when there is none.
  public static Optional<CopyWay> named(String word) {
    return Arrays.stream(values()).filter(way -> way.word().equals(word)).findFirst();
  }
}
