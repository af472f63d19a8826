package io.changeover.migrator.observe;

import java.util.Optional;

/// What one address of a node answered.
public sealed interface Reading {

  /// An HTTP answer.
  ///
  /// @param build the version that its `Via` or `Server` header names
  record Answered(int status, Optional<Build> build, String body) implements Reading {}

  /// The connection was refused: nobody listens there.
  record Refused() implements Reading {}

  /// No answer in time, no such host, a broken connection: neither up nor down.
  record Silent(String reason) implements Reading {}
}
