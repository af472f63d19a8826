package io.changeover.planner.core;

/// What has been proven of a copy between keyspaces; [#NONE] where nothing is copied.
///
/// @param bootstrapped green's keyspace has green's schema, finished
/// @param frozen blue's configuration as the copy found it
/// @param latest blue's configuration as last looked at
/// @param exported digest of what was exported, empty where nothing was
/// @param transferred digest of what arrived on green's side, empty where nothing did
/// @param equal both keyspaces were read whole and said the same
/// @param drained blue's sessions have ended, or had their time
/// @param cut what blue's traffic wrote until it was drained has followed
public record Copied(
    boolean bootstrapped,
    Digest frozen,
    Digest latest,
    String exported,
    String transferred,
    boolean equal,
    boolean drained,
    boolean cut) {
  public static final Copied NONE =
      new Copied(false, Digest.NONE, Digest.NONE, "", "", false, false, false);

  Copied onNewKeyspace() {
    return new Copied(true, frozen, latest, exported, transferred, equal, drained, cut);
  }

  /// What is filled anew has to be compared anew.
  Copied filled(Digest seen) {
    return new Copied(
        bootstrapped, first(seen), seen, exported, transferred, false, drained, false);
  }

  /// An export may leave it to the import to say what configuration it found.
  Copied exported(String sha256, Digest seen) {
    Digest last = seen.config().isEmpty() ? latest : seen;
    return new Copied(bootstrapped, first(seen), last, sha256, "", false, drained, false);
  }

  Copied transferred(String sha256) {
    return new Copied(bootstrapped, frozen, latest, exported, sha256, equal, drained, cut);
  }

  Copied compared(Digest seen) {
    return new Copied(bootstrapped, frozen, seen, exported, transferred, true, drained, cut);
  }

  /// Only where something is copied: elsewhere nothing rests on it.
  Copied drainedOfBlue() {
    return equals(NONE)
        ? this
        : new Copied(bootstrapped, frozen, latest, exported, transferred, equal, true, cut);
  }

  /// A last pass before the drain is none.
  Copied followed(Digest seen) {
    return new Copied(bootstrapped, frozen, seen, exported, transferred, equal, drained, drained);
  }

  /// Whether blue's configuration is still the one that was copied.
  boolean unchanged() {
    return !frozen.config().isEmpty() && latest.config().equals(frozen.config());
  }

  /// Whether it was seen to be another one.
  boolean changed() {
    return !frozen.config().isEmpty() && !latest.config().equals(frozen.config());
  }

  private Digest first(Digest seen) {
    return frozen.config().isEmpty() ? seen : frozen;
  }
}
