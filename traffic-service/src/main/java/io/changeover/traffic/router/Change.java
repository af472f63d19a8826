package io.changeover.traffic.router;

/// What asking for a change gave.
public sealed interface Change {

  /// The router accepted it. Proof is the next reading.
  record Done() implements Change {}

  /// The router said no; asking again won't help.
  record Refused(String words) implements Change {}

  /// No answer: it may have happened or not.
  record Unknown(String reason) implements Change {}
}
