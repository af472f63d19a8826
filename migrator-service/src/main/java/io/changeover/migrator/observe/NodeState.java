package io.changeover.migrator.observe;

/// What a node is, seen from outside and by its own command.
public sealed interface NodeState {

  /// A word for reports.
  String word();

  /// All of it right: database reachable, expected version and database, proxied probe answered by
  /// that version.
  record Healthy(Build seen) implements NodeState {
    @Override
    public String word() {
      return "healthy";
    }
  }

  /// It runs, and something is not right, or not yet.
  record Unhealthy(String reason) implements NodeState {
    @Override
    public String word() {
      return "unhealthy";
    }
  }

  /// Somebody answers there who is another version, or of another edition.
  record OtherVersion(Build found) implements NodeState {
    @Override
    public String word() {
      return "other-version";
    }
  }

  /// Every address refuses and its command says that it does not run.
  record Stopped() implements NodeState {
    @Override
    public String word() {
      return "stopped";
    }
  }

  /// Nothing answers and nothing proves that it is down.
  record Unknown(String reason) implements NodeState {
    @Override
    public String word() {
      return "unknown";
    }
  }

  /// Seen to run.
  default boolean running() {
    return switch (this) {
      case Healthy _, Unhealthy _, OtherVersion _ -> true;
      case Stopped _, Unknown _ -> false;
    };
  }

  /// The word, and why.
  default String told() {
    return switch (this) {
      case Healthy(Build seen) -> "healthy, " + seen;
      case Unhealthy(String reason) -> "unhealthy: " + reason;
      case OtherVersion(Build found) -> "answers as " + found.told();
      case Stopped _ -> "stopped";
      case Unknown(String reason) -> "unknown: " + reason;
    };
  }
}
