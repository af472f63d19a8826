package io.changeover.migrator.observe;

/// What one `kong migrations list` said. It knows only what that binary and its plugins know: the
/// list of an old Kong on a newer schema looks finished.
public sealed interface ListReading {

  /// Exit 3: no Kong schema there.
  record NeedsBootstrap() implements ListReading {}

  /// Exit 0, 4 or 5 with blocks that fit the code.
  record Blocks(Migrations executed, Migrations pending, Migrations available)
      implements ListReading {
    @Override
    public String toString() {
      return "executed [" + executed + "], pending [" + pending + "], new [" + available + "]";
    }
  }

  /// The command did not end by itself, or said something that is no list.
  ///
  /// @param doubt what it said, without secrets
  record Unreadable(Doubt doubt) implements ListReading {}
}
