package io.changeover.cli.suite;

/// What to do about the archives of loaded classes.
public enum Archives {
  /// Start from them where they are there.
  USE,

  /// Make them when the processes end, which takes seconds each.
  MAKE
}
